"""Nouns that tell who speaks for an institution."""

from __future__ import annotations

from typing import Final

from stancekit.quotes.words import word_set

OFFICIAL: Final = word_set(
    "principal coordinator counselor counsellor chain giant startup conglomerate official officer "
    "authority government administration ministry minister secretary undersecretary president "
    "vice-president premier chancellor senator congressman congresswoman lawmaker legislator "
    "parliamentarian mp mep deputy representative rep sen gov governor mayor councillor councilor "
    "councilman councilwoman commissioner commission council committee chairman chairwoman "
    "chairperson chair director ceo executive cfo coo chief head leader leadership spokesman "
    "spokeswoman spokesperson ambassador envoy diplomat consul embassy consulate police sheriff "
    "constable superintendent detective inspector sergeant lieutenant captain colonel major "
    "general admiral commander marshal brigadier army navy military force troop guard coastguard "
    "prosecutor prosecution judge justice court tribunal magistrate coroner regulator agency "
    "department dept bureau office service board bank company firm corporation corp inc ltd plc "
    "group union association federation league party coalition alliance campaign organisation "
    "organization charity foundation king queen prince pope vatican kremlin pentagon congress "
    "parliament senate cabinet politburo treasury rebel militia militant taliban negotiator "
    "delegate delegation aide adviser advisor politician candidate nominee democrat republican "
    "opposition firefighter investigator agent airline airport operator bishop archbishop "
    "cardinal founder co-founder cofounder president-elect whip treasurer attache archivist state "
    "city county assembly junta regime republic university hospital institute club team centre "
    "center network movement society institution manufacturer carmaker automaker maker retailer "
    "lender insurer utility developer exchange publisher partnership ombudsman watchdog mission "
    "command marine battalion legislature wing bloc summit communique rescuer warden ranger "
    "patrol customs intelligence security conservative tory labour liberal socialist "
    "congressmember statesman royal monarch emperor sultan emir sheikh ayatollah taoiseach vice- "
    "chancellor vice-chair vice-chairman zoo speaker organiser organizer coach manager "
    "assemblyman assemblywoman archdiocese diocese body observatory brand supermarket academy "
    "railway co chamber supervisor administrator comptroller controller registrar clerk banker"
)
"""Nouns for those who speak for an institution, in the singular."""

OTHER: Final = word_set(
    "analyst expert economist strategist observer critic academic professor lecturer researcher "
    "scientist scholar historian author writer columnist commentator pundit journalist reporter "
    "correspondent editor newspaper media medium outlet magazine television tv broadcaster radio "
    "website site blog blogger survey poll study research source witness eyewitness resident "
    "villager neighbour neighbor passer-by bystander survivor victim relative family mother "
    "father brother sister son daughter wife husband widow friend uncle aunt cousin parent "
    "grandmother grandfather colleague student pupil teacher worker employee driver farmer "
    "fisherman shopkeeper trader businessman businesswoman entrepreneur investor consumer "
    "customer user viewer fan player footballer actor actress singer musician artist star "
    "celebrity lawyer attorney solicitor barrister defendant suspect man woman boy girl person "
    "people child teenager teen migrant refugee voter protester protestor demonstrator activist "
    "campaigner dissident patient doctor nurse physician surgeon psychologist psychiatrist "
    "passenger tourist visitor guest insider consultant fellow specialist veteran volunteer "
    "supporter opponent detractor sceptic skeptic many some other few most several prisoner "
    "inmate pollster meteorologist forecaster broker dealer architect engineer filmmaker producer "
    "poet priest pastor imam caller buyer seller homeowner owner shopper commuter motorist "
    "pensioner native local everyone nobody somebody someone newswire tabloid daily weekly "
    "journal review article editorial reader rapper comedian athlete skier champion report data "
    "evidence theorist thinker watcher participant respondent biologist geologist climatologist "
    "seismologist epidemiologist sociologist anthropologist planner marketer freelancer model "
    "designer chef student-athlete mum mom dad ex-wife girlfriend boyfriend partner spouse "
    "roommate classmate acquaintance rumour rumor conventional american briton"
)
"""Nouns for those who speak for nobody but themselves."""

DOCUMENT: Final = word_set(
    "readout advisory certificate member map finding estimate index statement letter document "
    "filing release announcement communique figure statistic complaint indictment lawsuit "
    "affidavit ruling verdict decree memo memorandum notice email e-mail tweet speech testimony "
    "order census bulletin declaration resolution transcript report data record paper survey "
    "account law"
)
"""Nouns that speak for whoever issued them, or whom they belong to."""

MEDIA: Final = word_set(
    "xinhua reuters ap afp upi dpa tass itar-tass interfax ria bloomberg cnn bbc nbc abc cbs fox "
    "msnbc npr cnbc kyodo yonhap nhk pti ians anadolu irna isna sana mena xinhuanet wikinews "
    "jazeera aljazeera arabiya guardian telegraph spiegel monde figaro pais politico axios "
    "buzzfeed vox breitbart tmz espn times post news herald tribune gazette journal daily weekly "
    "tv television newsweek observer economist"
)
"""Names and words of the press, which speaks for no institution here."""

COLLECTIVE: Final = word_set(
    "ministry department bureau office agency commission committee council authority police army "
    "navy court union party association federation bank inc corp ltd plc co group board service "
    "government parliament senate congress house company administration treasury force forces "
    "pentagon kremlin nato eu un u.n. taliban hamas hezbollah fire rescue"
)
"""Nouns and names of bodies that speak as one."""

INSTITUTIONS: Final = COLLECTIVE | word_set(
    "staff team campaign cabinet coalition bloc authority agency company firm ministry department "
    "bureau institute university centre center city state county police prosecutor regulator "
    "organisation organization bank army military parliament party congress resort forecaster "
    "spokesman spokeswoman official network"
)
"""Words that show, anywhere in a phrase, that an institution stands behind a document."""
