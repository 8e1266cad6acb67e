"""The gallery in the window: where it is opened from, and what becomes of the chosen template."""

from typing import TYPE_CHECKING

from designer.window.main_window import MainWindow

if TYPE_CHECKING:
    from designer.gallery.gallery import Gallery
    from designer.gallery.making import Made


def wire_gallery(window: MainWindow) -> None:
    """Connects the command. The gallery is made when it is first asked for."""
    window.commands.on("gallery", lambda: open_gallery(window))


def open_gallery(window: MainWindow) -> "Gallery":
    """Shows the gallery."""
    from designer.gallery.gallery import Gallery

    if not window.spaces.has("gallery"):
        made = Gallery()
        made.begun.connect(lambda made: _begin(window, made))
        made.left.connect(lambda: window.spaces.show_space(window.spaces.before))
        window.closed.connect(made.maker.close)
        window.spaces.put("gallery", made)
    gallery = window.spaces.get("gallery")
    assert isinstance(gallery, Gallery)
    window.spaces.show_space("gallery")
    gallery.open()
    return gallery


def _begin(window: MainWindow, made: "Made") -> None:
    if made.project is not None:
        window.files.begin(made.project, made.id)
