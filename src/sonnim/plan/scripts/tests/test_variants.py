"""A script is said in several ways; each keeps its own counts while the script is written anew."""

from tests.people import People

from sonnim.plan.models import ScriptVariant
from sonnim.plan.scripts import actions, queries
from sonnim.plan.scripts.shapes import canned_object
from sonnim.plan.scripts.tests.writing import kept, script, variants_of
from sonnim.plan.scripts.wanted import Text, Wanted


def test_variants_keep_the_order_in_which_they_were_written(people: People) -> None:
    canned = kept(people, {"en": ["One", "Two", "Three"], "ko": ["하나"]})
    texts = canned_object(canned)["texts"]
    assert {locale: [each["text"] for each in said] for locale, said in texts.items()} == {
        "en": ["One", "Two", "Three"],
        "ko": ["하나"],
    }


def test_a_variant_that_comes_with_its_id_keeps_its_counts_and_one_that_does_not_begins_anew(people: People) -> None:
    canned = kept(people, {"en": ["One", "Two", "Three"]})
    one, two, _three = variants_of(canned)
    ScriptVariant.objects.filter(canned=canned).update(used=7)
    anew = Wanted(
        shortcut="hello",
        title="Hello",
        texts={
            "en": [Text("Two, better", id=two.pk), Text("New"), Text("Twice", id=two.pk)],
            "zh": [Text("一", id=one.pk)],
        },
    )
    actions.change_canned_response(actor=people.actor(people.lead), canned_id=canned.pk, wanted=anew)
    said = [(each.text, each.used, each.pk == two.pk) for each in variants_of(canned)]
    assert said == [("Two, better", 7, True), ("New", 0, False), ("Twice", 0, False)]
    [chinese] = variants_of(canned, "zh")
    assert (chinese.used, chinese.pk == one.pk) == (0, False)
    assert ScriptVariant.objects.filter(canned=canned).count() == 4


def test_words_that_come_back_without_their_id_are_the_same_to_whoever_has_read_them(people: People) -> None:
    canned = kept(people, {"en": ["One", "Two"], "ko": ["하나"]})
    one, two = variants_of(canned)
    ScriptVariant.objects.filter(canned=canned).update(used=7)
    again = script({"en": ["Two", "Three"], "ko": ["하나"], "zh": ["One"]})
    actions.import_scripts(actor=people.actor(people.lead), wanted=[again], replace=True)
    assert [(each.text, each.used, each.pk == two.pk) for each in variants_of(canned)] == [
        ("Two", 7, True),
        ("Three", 0, False),
    ]
    assert [each.used for each in variants_of(canned, "ko")] == [7]
    assert [each.used for each in variants_of(canned, "zh")] == [0]
    assert not ScriptVariant.objects.filter(pk=one.pk).exists()


def test_another_scripts_variant_is_not_taken(people: People) -> None:
    [theirs] = variants_of(kept(people, {"en": ["Theirs"]}, shortcut="theirs"))
    mine = kept(people, {"en": ["Mine"]})
    wanted = Wanted(shortcut="hello", title="Hello", texts={"en": [Text("Mine", id=theirs.pk)]})
    actions.change_canned_response(actor=people.actor(people.lead), canned_id=mine.pk, wanted=wanted)
    theirs.refresh_from_db()
    assert theirs.text == "Theirs"


def test_the_same_sentence_twice_is_one_variant(people: People) -> None:
    assert len(variants_of(kept(people, {"en": ["Hello", " Hello ", "", "Hi"]}))) == 2


def test_the_list_is_read_with_as_many_queries_however_long_it_is(
    people: People, django_assert_num_queries: object
) -> None:
    for n in range(12):
        kept(people, {"en": [f"{n} one", f"{n} two"], "ko": [f"{n} 하나"]}, shortcut=f"s{n}")
    with django_assert_num_queries(2):  # type: ignore[operator]
        found = [canned_object(each) for each in queries.canned_responses_of(people.shop.pk)]
    assert len(found) == 12
    assert all(len(each["texts"]["en"]) == 2 for each in found)


def test_stage_and_period_are_kept(people: People) -> None:
    browser = people.browser(people.lead)
    body = {
        "shortcut": "sale", "title": "Sale", "stage": "negotiation", "active_from": "2026-11-01",
        "active_until": "2026-11-30", "texts": {"en": [{"text": "Ten per cent until the end of the month."}]},
    }  # fmt: skip
    made = browser.post(people.url("/canned-responses"), body).json()
    assert (made["stage"], made["active_from"], made["active_until"]) == ("negotiation", "2026-11-01", "2026-11-30")
    [read] = browser.get(people.url("/canned-responses")).json()["items"]
    assert read == made
    assert script({"en": ["x"]}).stage == ""
