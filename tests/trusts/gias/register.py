"""Small files in the register's own format, written by the tests that need them."""

GROUPS = (
    "Group UID,Group ID,Group Name,Companies House Number,Group Type (code),Group Type,Closed Date,"
    "Open date,Group Status (code),Group Status,Group Town"
)
LINKS = (
    "URN,Group UID,Group Name,Group Type (code),Joined date,EstablishmentName,"
    "TypeOfEstablishment (name),PhaseOfEducation (code)"
)
PLACES = "URN,EstablishmentName,StatutoryLowAge,StatutoryHighAge,NumberOfPupils,CloseDate"
ASH, EMPTY, CLOSED, SPONSOR = "4119", "5000", "5001", "4118"


def csv(header, *rows):
    return "\r\n".join([header, *rows, ""]).encode()


def groups(*rows):
    return csv(
        GROUPS,
        f"{ASH},TR1,ASH TRUST,,6,Multi-academy trust,,2012-09-01,OPEN,Open,Ely",
        f"{SPONSOR},SP1,Ash Trust,,5,School sponsor,,2010-09-01,OPEN,Open,",
        f"{EMPTY},TR2,ASH ACADEMIES,,06,Multi-academy trust,,2012-09-01,OPEN,Open,Leeds",
        f"{CLOSED},TR3,OLD ASH TRUST,,10,Single-academy trust,31-08-2020,01-09-2012,CLOSED,Closed,",
        *rows,
    )


def links(*rows):
    return csv(
        LINKS,
        f"136001,{ASH},ASH TRUST,6,2012-09-01,Ash Primary,Academy converter,2",
        f"136002,{ASH},ASH TRUST,06,01-09-2013,Ash School,Academy special converter,0",
        f"136001,{SPONSOR},Ash Trust,5,2012-09-01,Ash Primary,Academy converter,2",
        *rows,
    )


def link(urn="136003", name="Ash High", joined="2014-09-01", phase="4", more=""):
    return f"{urn},{ASH},ASH TRUST,6,{joined},{name},Academy converter,{phase}{more}"


def places(*rows):
    return csv(PLACES, "136001,Ash Primary,3,11,210,", *rows)
