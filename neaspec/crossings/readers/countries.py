"""Countries as data sets declare them: codes of two or three letters, or names, as alpha-3."""

import numpy as np
import pandas as pd

from neaspec.crossings.input.values import Mask, by_kind, trim_cells
from neaspec.crossings.model.reading import Answers

# ISO 3166-1 alpha-2 and alpha-3 of the six States and of the areas their migratory birds use. Areas that the United
# Nations lists as parts of China are told as China.
CODES = (
    "CN=CHN KP=PRK JP=JPN MN=MNG KR=KOR RU=RUS HK=CHN MO=CHN TW=CHN AF=AFG AM=ARM AU=AUS AZ=AZE BD=BGD BG=BGR BH=BHR "
    "BN=BRN BT=BTN BY=BLR CA=CAN CY=CYP CZ=CZE DE=DEU DK=DNK DJ=DJI EE=EST EG=EGY ER=ERI ET=ETH FI=FIN FR=FRA "
    "GB=GBR GE=GEO GR=GRC HR=HRV HU=HUN ID=IDN IL=ISR IN=IND IQ=IRQ IR=IRN IT=ITA JO=JOR KE=KEN KG=KGZ KH=KHM "
    "KW=KWT KZ=KAZ LA=LAO LB=LBN LK=LKA LT=LTU LV=LVA MD=MDA MG=MDG MM=MMR MV=MDV MW=MWI MY=MYS MZ=MOZ NA=NAM "
    "NG=NGA NL=NLD BE=BEL NO=NOR NP=NPL NZ=NZL OM=OMN PG=PNG PH=PHL PK=PAK PL=POL PS=PSE QA=QAT RO=ROU RS=SRB "
    "SA=SAU SD=SDN SE=SWE SG=SGP SK=SVK SO=SOM SS=SSD SY=SYR TD=TCD TH=THA TJ=TJK TL=TLS TM=TKM TR=TUR TZ=TZA "
    "UA=UKR UG=UGA US=USA UZ=UZB VN=VNM YE=YEM ZA=ZAF ZM=ZMB ZW=ZWE BW=BWA AO=AGO CD=COD CF=CAF RW=RWA BI=BDI "
    "AE=ARE ES=ESP PT=PRT AT=AUT CH=CHE"
)
ALPHA_3 = {pair[:2]: pair[3:] for pair in CODES.split()}
PARTS_OF_CHINA = ("HK", "MO", "TW", "HKG", "MAC", "TWN")
NAMES = {
    "china": "CHN",
    "people's republic of china": "CHN",
    "the people's republic of china": "CHN",
    "democratic people's republic of korea": "PRK",
    "the democratic people's republic of korea": "PRK",
    "dpr korea": "PRK",
    "dprk": "PRK",
    "japan": "JPN",
    "mongolia": "MNG",
    "republic of korea": "KOR",
    "the republic of korea": "KOR",
    "rok": "KOR",
    "russian federation": "RUS",
    "the russian federation": "RUS",
    "russia": "RUS",
    "south korea": "KOR",
    "north korea": "PRK",
    "pr china": "CHN",
    "p.r. china": "CHN",
    "p. r. china": "CHN",
    "prc": "CHN",
    "korea, republic of": "KOR",
    "korea (republic of)": "KOR",
    "republic of korea (rok)": "KOR",
    "korea, democratic people's republic of": "PRK",
    "korea (democratic people's republic of)": "PRK",
    "korea, dem. people's rep.": "PRK",
    "korea, rep.": "KOR",
    "d.p.r. korea": "PRK",
    "d.p.r.k.": "PRK",
    "r.o.k.": "KOR",
    # As the region writes them.
    "中国": "CHN",
    "中國": "CHN",
    "中华人民共和国": "CHN",
    "中華人民共和国": "CHN",
    "中華人民共和國": "CHN",
    "китай": "CHN",
    "кнр": "CHN",
    "китайская народная республика": "CHN",
    "хятад": "CHN",
    "бнхау": "CHN",
    "хятад улс": "CHN",
    "중국": "CHN",
    "중화인민공화국": "CHN",
    "日本": "JPN",
    "日本国": "JPN",
    "япония": "JPN",
    "япон": "JPN",
    "япон улс": "JPN",
    "일본": "JPN",
    "蒙古": "MNG",
    "蒙古国": "MNG",
    "蒙古國": "MNG",
    "モンゴル": "MNG",
    "モンゴル国": "MNG",
    "монголия": "MNG",
    "монгол": "MNG",
    "монгол улс": "MNG",
    "몽골": "MNG",
    "몽골국": "MNG",
    "韩国": "KOR",
    "韓国": "KOR",
    "韓國": "KOR",
    "大韩民国": "KOR",
    "大韓民国": "KOR",
    "大韓民國": "KOR",
    "한국": "KOR",
    "대한민국": "KOR",
    "республика корея": "KOR",
    "южная корея": "KOR",
    "бнсу": "KOR",
    "өмнөд солонгос": "KOR",
    "남한": "KOR",
    "朝鲜": "PRK",
    "朝鮮": "PRK",
    "北朝鮮": "PRK",
    "朝鲜民主主义人民共和国": "PRK",
    "朝鮮民主主義人民共和国": "PRK",
    "조선": "PRK",
    "조선민주주의인민공화국": "PRK",
    "북한": "PRK",
    "кндр": "PRK",
    "северная корея": "PRK",
    "корейская народно-демократическая республика": "PRK",
    "бнасау": "PRK",
    "хойд солонгос": "PRK",
    "俄罗斯": "RUS",
    "俄羅斯": "RUS",
    "俄罗斯联邦": "RUS",
    "俄羅斯聯邦": "RUS",
    "ロシア": "RUS",
    "ロシア連邦": "RUS",
    "россия": "RUS",
    "рф": "RUS",
    "российская федерация": "RUS",
    "орос": "RUS",
    "оросын холбооны улс": "RUS",
    "러시아": "RUS",
    "러시아 연방": "RUS",
    "러시아연방": "RUS",
}
MEANINGS = {
    **ALPHA_3,
    **{code: code for code in ALPHA_3.values()},
    **dict.fromkeys(PARTS_OF_CHINA, "CHN"),
    **{name.upper(): code for name, code in NAMES.items()},
}
# Where a tag or a ring is found says nothing about where its data set is kept.
MOVES_FREELY = ("gps", "ring")


def country_codes(column: "pd.Series[str]") -> tuple["pd.Series[str]", Mask, Mask]:
    """Turn countries as written into alpha-3.

    Returns:
        Codes (empty where nothing is written or it is not known), which cells are not known, and which are areas told
        as China (the note `told_as_china` belongs to them).
    """
    upper = by_kind(column, lambda kinds: trim_cells(kinds, empty_words=False).str.upper())  # NA is Namibia
    codes = by_kind(upper, lambda kinds: kinds.map(MEANINGS).fillna("").astype(column.dtype))
    unknown = ((codes == "") & ~upper.isin(["", "ZZ", "XZ", "-", "N/A", "NULL"])).to_numpy()
    return codes, unknown, upper.isin(PARTS_OF_CHINA).to_numpy()


def apply_answers(
    declared: "pd.Series[str]", data_sets: "pd.Series[str] | str", evidence: "pd.Series[str] | str", answers: Answers
) -> "pd.Series[str]":
    """Fill in the country that was answered for all stations of a data set, where a row declares none.

    Rows of tags and rings are left as they are: an animal with a tag is not where its data set is kept.
    """
    if not answers.country:
        return declared
    index = declared.index
    sets = data_sets if isinstance(data_sets, pd.Series) else pd.Series(data_sets, index=index, dtype="str")
    kinds = evidence if isinstance(evidence, pd.Series) else pd.Series(evidence, index=index, dtype="str")
    answered = sets.map(dict(answers.country)).fillna("").astype(declared.dtype)
    fill = (declared == "").to_numpy() & ~np.asarray(kinds.isin(MOVES_FREELY))
    return declared.where(~fill, answered)
