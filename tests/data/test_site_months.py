"""Months in which documents record a flagship bird at a site: of counts and ends of journeys, never of a role alone."""

from datetime import date


def test_months_come_from_counts_and_journeys_with_the_role_stated_for_the_site(ask):
    months = ask("sites_months", month=None)
    suncheon = months[(months["site_id"] == "suncheon_bay") & (months["species_id"] == "hooded_crane")]
    assert {1, 2, 3, 11, 12} <= set(suncheon["month"])
    assert set(suncheon["roles"]) == {"stopover wintering"}
    cheorwon = months[(months["site_id"] == "cheorwon") & (months["month"] == 4)].iloc[0]
    assert (cheorwon["bases"], cheorwon["document_ids"]) == ("movement", "dong_a_ilbo_1000km_gps_2017")
    assert months["month"].between(1, 12).all()
    assert months["document_ids"].notna().all()


def test_one_month_can_be_asked_for_and_no_cat_stands_in_the_list(ask):
    march = ask("sites_months", month=3)
    assert set(march["month"]) == {3}
    assert not set(ask("sites_months", month=None)["species_id"]) & {"amur_tiger", "amur_leopard", "snow_leopard"}


def test_what_became_known_later_is_not_told(ask):
    before = ask.on(date(2014, 12, 31))("sites_months", month=None)
    assert set(before["site_id"]) == {"cheorwon"}
