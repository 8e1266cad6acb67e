"""What the network could take over from the data."""

from designer.data.offers import offers
from designer.document import Document
from engine.check.fixes import apply_fix
from engine.check.report import Column
from engine.project.project import Data
from engine.text import say

CLASSES = tuple("abc")
COLUMNS = (Column("image", (1, 20, 30), "float32"), Column("label", (), "int64", CLASSES))


def offered(document):
    return offers(document.graph, document.report, document.project.data.columns)


def test_the_input_can_take_the_size_of_the_images(document: Document):
    document.set_data(Data("images:x", COLUMNS))
    titles = [say(offer.title) for offer in offered(document)]
    assert any("1×20×30" in title for title in titles)


def test_the_last_layer_can_take_the_number_of_classes(document: Document):
    document.set_data(Data("images:x", COLUMNS))
    assert any("3" in say(offer.title) for offer in offered(document))


def test_taking_all_offers_brings_network_and_data_together(document: Document):
    document.set_data(Data("images:x", COLUMNS))
    for _ in range(5):
        for offer in offered(document)[:1]:
            document.edit(offer.title, apply_fix(document.graph, offer.fix))
    assert offered(document) == ()
    assert document.report.ok


def test_nothing_is_offered_where_they_fit(document: Document):
    columns = (Column("image", (1, 8, 8), "float32"), Column("label", (), "int64", tuple("0123456789")))
    document.set_data(Data("sample:digits", columns))
    assert offered(document) == ()
