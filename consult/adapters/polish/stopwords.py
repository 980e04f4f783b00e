"""Words too common to tell texts apart; they count in quoted phrases and in queries of nothing else."""

from __future__ import annotations

POLISH = frozenset(
    """
    a aby albo ale ani aż bardzo bez bo by być był była było były będą będzie bądź bowiem co czy czyli dla do gdy
    gdyż gdzie go i ich ile im inne iż ja jak jako je jednak jego jej jeśli jest jeżeli już każdy kiedy która które
    którego której który których którym którzy lub ma mają może można mu my na nad nam nas nie nich niej nim niż no
    o od on ona one oni ono oraz po pod ponieważ poprzez przed przez przy są się tak także tam te tego tej ten też
    tę tą to tu ty tych tylko tym u w we wam was według więc wraz wy z za zaś ze że żeby
    """.split()  # noqa: SIM905 - a paragraph of words reads better than a list of quoted ones
)

ENGLISH = frozenset(
    """
    a an and are as at be been but by can could do does for from had has have if in into is it its may might must
    no not of on or shall should so such than that the their them then there these they this those to was were
    which will with would
    """.split()  # noqa: SIM905 - the same
)
