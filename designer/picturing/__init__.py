"""Pictures and source of the network, to be copied or saved."""
