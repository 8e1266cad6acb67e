"""Published networks to start from, each for a chosen size of image and number of classes. No torch."""

from engine.project.templates import alexnet, densenet, inception, lenet, mobilenet, resnet, unet, vgg
from engine.project.templates.template import Origin, Shape, Template
from engine.text import Failure, text

__all__ = ["TEMPLATES", "Origin", "Shape", "Template", "template"]

TEMPLATES: tuple[Template, ...] = (
    *lenet.TEMPLATES,
    *alexnet.TEMPLATES,
    *vgg.TEMPLATES,
    *resnet.TEMPLATES,
    *mobilenet.TEMPLATES,
    *densenet.TEMPLATES,
    *inception.TEMPLATES,
    *unet.TEMPLATES,
)
"""All of them, in the order in which they are offered."""


def template(id: str) -> Template:
    """The template with this id. Raises Failure where there is none."""
    if found := next((one for one in TEMPLATES if one.id == id), None):
        return found
    known = ", ".join(one.id for one in TEMPLATES)
    raise Failure(text("There is no template “{id}”; there are: {known}.", id=id[:80], known=known))
