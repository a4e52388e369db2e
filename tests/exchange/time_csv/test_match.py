"""Imported time finds its account, person and retainer, or asks."""

from dataclasses import replace
from pathlib import Path

import pytest

from retainerdesk.domain.account import Account, Person
from retainerdesk.domain.book import AccountFile
from retainerdesk.exchange.book import read_book
from retainerdesk.exchange.time_csv import TimeMapping, match_time, parse_time
from retainerdesk.exchange.time_csv.names import folded, proposals, same_name

FIXTURES = Path(__file__).parents[1] / "fixtures"
BOOK = read_book((FIXTURES / "acme.json").read_bytes())
FILE = BOOK.accounts[0]
ADA = Person("ada", "Ada Nord", email="ada@studio.example")
TOGGL = parse_time((FIXTURES / "toggl.csv").read_bytes())
HARVEST = parse_time((FIXTURES / "harvest.csv").read_bytes())


def called(name: str, account_id: str = "acme") -> AccountFile:
    retainers = tuple(replace(retainer, account_id=account_id) for retainer in FILE.retainers)
    return AccountFile(Account(account_id, name, "EUR"), retainers)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Müller GmbH", "MUELLER"),
        ("Straße & Co. KG", "strasse"),
        ("ACME, Inc.", "acme"),
        ("Foo S.r.l.", "foo"),
        ("Café Noir", "cafe noir"),
        ("Schmidt e.K.", "Schmidt"),
        ("Big  Company", "big company"),
        ("Mu\u0308ller", "Müller"),
        ("ＡＣＭＥ", "acme"),
    ],
)
def test_spellings_of_one_name_fold_alike(one: str, other: str) -> None:
    assert folded(one) == folded(other)


@pytest.mark.parametrize(("one", "other"), [("Müller", "Muller"), ("Client 1", "Client 2"), ("AG", "GmbH")])
def test_other_names_do_not_fold_alike(one: str, other: str) -> None:
    assert folded(one) != folded(other)


def test_two_names_that_fold_alike_are_no_answer_but_an_exact_one_is() -> None:
    names = {"a": "Acme GmbH", "b": "ACME Ltd"}
    assert same_name("acme", names) is None
    assert same_name("ACME Ltd", names) == "b"


def test_entries_become_work_of_the_only_retainer() -> None:
    match = match_time(TOGGL, [called("Acme & Soehne GmbH")], [ADA])
    assert [entry.minutes for entry in match.ready] == [90, 1, 1, 11, 10, 60, 60]
    assert {(e.account_id, e.person_id, e.retainer_id) for e in match.ready} == {("acme", "ada", "advisory")}
    assert match.ready[0].text == 'Roadmap, first "draft"'
    assert match.unmatched_clients == match.unmatched_people == ()
    assert [row.row for row in match.refused] == [7, 8, 9, 10, 12, 15, 16]


def test_an_unknown_client_is_refused_with_an_offer_and_similar_names() -> None:
    match = match_time(TOGGL, [called("ACME Soene")], [ADA])
    assert match.ready == ()
    assert match.unmatched_clients[0].rows == 7
    assert [proposal.id for proposal in match.unmatched_clients[0].proposals] == ["acme"]
    offered = [row for row in match.refused if row.offers_account]
    assert {(row.column, row.offers_account) for row in offered} == {("Client", "ACME & Söhne")}
    assert [row.row for row in match.refused] == sorted(row.row for row in match.refused)


def test_a_similar_name_is_taken_only_when_it_was_chosen() -> None:
    mapping = TimeMapping(clients={"ACME & Söhne": "acme"})
    assert len(match_time(TOGGL, [called("ACME Soene")], [ADA], mapping).ready) == 7


def test_a_choice_that_names_no_account_is_no_choice() -> None:
    mapping = TimeMapping(clients={"ACME & Söhne": "gone"}, people={"Ada Nord": "gone"})
    assert match_time(TOGGL, [], [ADA], mapping).ready == ()
    assert len(match_time(TOGGL, [called("ACME & Söhne")], [ADA], mapping).ready) == 7


def test_a_person_is_found_by_address_before_name() -> None:
    other = Person("other", "Ada Nord", email="someone@else.example")
    married = replace(ADA, name="Ada Sued", email="ADA@studio.example")
    match = match_time(TOGGL, [called("ACME & Söhne")], [other, married])
    assert {entry.person_id for entry in match.ready} == {"ada"}


def test_an_unknown_person_is_refused_until_somebody_is_chosen() -> None:
    files, bob = [called("ACME & Söhne")], Person("bob", "Ada Nort")
    match = match_time(TOGGL, files, [bob])
    assert match.ready == ()
    assert [(u.name, u.email, u.rows) for u in match.unmatched_people] == [
        ("Ada Nord", "ada@studio.example", 7)
    ]
    assert match.unmatched_people[0].proposals[0].id == "bob"
    mapping = TimeMapping(people={"ada@studio.example": "bob"})
    assert {entry.person_id for entry in match_time(TOGGL, files, [bob], mapping).ready} == {"bob"}


def test_of_several_retainers_the_one_called_like_the_project_is_taken() -> None:
    advisory = FILE.retainers[0]
    support = replace(advisory, id="support", name="Support")
    two = AccountFile(Account("acme", "ACME", "EUR"), (support, advisory))
    assert {entry.retainer_id for entry in match_time(HARVEST, [two], [ADA]).ready} == {"advisory"}
    neither = AccountFile(two.account, (support, replace(support, id="other", name="Other")))
    assert {entry.retainer_id for entry in match_time(HARVEST, [neither], [ADA]).ready} == {None}


def test_an_entry_without_text_says_its_task() -> None:
    match = match_time(HARVEST, [called("ACME")], [ADA])
    assert [entry.text for entry in match.ready] == ["Roadmap", "Planning", "Long haul", "Clock"]


def test_importing_again_gives_the_same_names_whoever_was_matched_first() -> None:
    """A row refused the first time and matched the second keeps the name it always had."""
    files = [called("ACME & Söhne")]
    first = match_time(TOGGL, files, [ADA]).ready
    again = match_time(parse_time((FIXTURES / "toggl.csv").read_bytes()), files, [ADA]).ready
    assert first == again


def test_nothing_similar_is_proposed_for_a_name_like_no_other() -> None:
    assert proposals("Zebra", {"acme": "ACME", "nord": "Nordlicht"}) == ()
