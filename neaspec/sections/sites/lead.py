"""The lead of one site: where it is, what is on record on its protection, how large it is."""

import pandas as pd

from neaspec.data.queries import Ask
from neaspec.sections.sites.wording import capital, level_words
from neaspec.text import Words, is_empty

UNPROTECTED = ["none", "not_known"]


def lead_sentence(ask: Ask, words: Words, site: pd.Series, parts: pd.DataFrame) -> str:
    """Write the lead: first what is on record; parts are the rows of the sites that belong to this one."""
    sentences = [*protection(ask, words, site, parts), *area(ask, words, site)]
    return " ".join(sentences)


def protection(ask: Ask, words: Words, site: pd.Series, parts: pd.DataFrame) -> list[str]:
    """Say how the site is protected; an absence comes last and never alone."""
    stated = ask("sites_designations", site_id=site["site_id"])
    standing = None if is_empty(site["standing"]) else str(site["standing"])
    if site["level"] in UNPROTECTED and standing in (None, "one_side"):
        return described(words, site, stated)
    signed = stated.loc[stated["state"] == "signed", "designated_date"].dropna()
    protected = parts[~parts["level"].isin(UNPROTECTED)]
    named = words.listed(
        words("sites.level_part", name=row["name"], level=level_words(words, row["level"], row["standing"]))
        for _, row in protected.iterrows()
    )
    sentences = [
        words(
            f"sites.lead_{standing or site['level']}",
            name=site["name"],
            countries=site["country_names"],
            designations=site["designations"],
            proposals=site["proposals"],
            parts=named,
            date=words.date(signed.iloc[0]) if len(signed) else "",
        )
    ]
    if standing == "signed":
        sentences += [*since(ask, site["site_id"], signed), words("sites.lead_entry_into_force")]
    if standing == "in_parts" and not is_empty(site["proposals"]):
        sentences.append(words("sites.lead_also_proposed", proposals=site["proposals"]))
    return sentences


def since(ask: Ask, site_id: str, signed: pd.Series) -> list[str]:
    """Give what documents say of the governance of a site after an agreement on it was signed, oldest first."""
    facts = ask("sites_facts", site_id=site_id)
    later = facts[(facts["topic"] == "governance") & (facts["as_of"].fillna("") > signed.max())]
    return list(later.sort_values("as_of")["what"])


def described(words: Words, site: pd.Series, stated: pd.DataFrame) -> list[str]:
    """Say what a site without a protection on record is, who uses it, what it once was and how it is recognised."""
    sentences = [
        words(
            "sites.lead_not_known",
            name=site["name"],
            countries=site["country_names"],
            kind=words.term("site_kind", site["site_kind"]),
        )
    ]
    if not is_empty(site["species_names"]):
        sentences.append(words("sites.lead_used", species=site["species_names"]))
    former = stated[stated["state"] == "former"]
    if not former.empty:
        listed = words.listed(former["designation"], "semicolon")
        sentences.append(words("sites.lead_former", designations=listed, date=words.date(former["as_of"].iloc[0])))
    if not is_empty(site["recognitions"]):
        sentences.append(words("sites.lead_recognised", recognitions=site["recognitions"]))
    return [*sentences, words("sites.lead_status", level=capital(level_words(words, site["level"])))]


def area(ask: Ask, words: Words, site: pd.Series) -> list[str]:
    """Say the area of the whole site, or which area may be that of the site; nothing where none is on record."""
    stated = ask("sites_areas", site_id=site["site_id"])
    if not pd.isna(site["area_ha"]):
        marks = " ".join(stated.loc[stated["is_current"], "caveat_ids"].dropna()).split()
        derived = "sites.lead_area_about" if "approximate" in marks else "sites.lead_area_derived"
        return [words(derived if site["is_area_derived"] else "sites.lead_area", area=words.number(site["area_ha"]))]
    unclear = stated[stated["part"] == "not_clear"]
    if unclear.empty:
        return []
    printed = unclear.iloc[0]
    return [words("sites.lead_area_not_clear", area=words.number(printed["area_ha"]), locator=printed["locator"])]
