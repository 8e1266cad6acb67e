"""What a layer, or a network, costs."""

import msgspec


class Cost(msgspec.Struct, frozen=True):
    """Trainable parameters; FLOPs of one sample forward (multiply-add is two); bytes of its values in fp32."""

    parameters: int = 0
    flops: int = 0
    activation_bytes: int = 0
