"""Word lists, lower case: what carries no topic, what only shapes a question, what stands for one another."""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


STOP = _words("""
    a about above across after again against all almost along already also although always am among an and
    another any anybody anyone anything are aren't around as ask at away back be became because been before
    behind being below between both but by can can't cannot could couldn't did didn't do does doesn't doing
    don't done down during each either else enough etc even ever every everything exactly few find first for
    from further gave get gets give given gives go goes going good got had has have having he her here hers him
    his how however i i'd i'll i'm i've if in into is isn't it it's its itself just keep kind know least less
    let let's like likely look made mainly make makes many may maybe me mean means might mine more most much
    must my need needs neither never new no nobody none nor not nothing now of off often on once one ones only
    onto or other others otherwise ought our ours out over own part per perhaps please put quite rather really
    said same say says see seem seems several shall she should shouldn't since so some somebody someone
    something sometimes still such sure take tell than that that's the their theirs them themselves then there
    these they thing things think this those though through thus to together too toward try two under until up
    upon us use used useful uses using very via want was wasn't way ways we well were weren't what what's
    whatever when whenever where whether which while who whole whom whose why will with within without won't
    would wouldn't yes yet you your yours
""")
"""English words that carry no topic of their own."""

WEAK = _words("""
    big good existing large own several small whether
    alternative approach available basic best call case change choose compare concept decide decision describe
    detail differ difference different example exist explain general happen handle kind help important information
    involve main manage mention occur overview possible prefer problem provide purpose question reason related
    relevant result show situation specific summary support topic type typical understand value work
""")
"""Words that shape a question more than they say what it is about; they count half."""

CRITIQUE = _words("""
    also add again answer bad better bit broad broader care check clear cite citation concrete context cover
    date dated deep deeper detail detailed documentation document evidence example fact figure finding focus good hard
    include information look maybe miss missing narrow need number outdated page passage please quote reader
    research result report science search sentence short shallow source specific stuff thing thin too topic
    vague want weak wide wider wrong
""")
"""Words that feedback says about a review rather than about its subject."""

GENERIC_HEADINGS = _words("""
    abstract about background basics behavior conclusion configuration contents default definition description
    details example examples faq features further getting goals good history index information intro
    introduction know learn list more name next note notes options overview parameters preface props quick
    quickstart reference references related return returns see setup started start summary syntax synopsis table
    tips to troubleshooting usage version what why
""")
"""Words of headings that every document has, and that say nothing without its title."""

KINDRED = tuple(
    line.split()
    for line in """
    alternative instead avoid alternatively rather
    concurrent parallel simultaneous concurrently simultaneously
    block wait lock
    change modify alter update
    choose decide determine select default
    configure configuration setting option parameter
    cost price expensive
    crash die kill fail outage
    create add make build generate
    default implicit automatically
    delete remove drop erase
    exclude omit skip
    differ difference unlike whereas versus compare
    disadvantage drawback downside limitation
    error failure fail exception
    example sample instance
    fast quick performance speed efficient
    find locate search
    forbid prohibit prevent disallow
    improve optimize optimise
    limitation restriction limit restrict maximum minimum
    restore recover recovery
    backup dump
    resolve abort break
    anomaly phenomenon phenomena
    old previous former legacy deprecated
    protect secure guard
    read reader query
    reason because purpose
    reclaim recover free
    tune adjust configure threshold
    require need must
    return yield give
    safe secure security
    schedule plan
    send transmit deliver
    show display render
    start launch begin
    stop end terminate cancel shutdown
    store save persist keep
    upgrade migrate
    whenever always
    write writer insert modify
""".strip().splitlines()
)
"""Words that documents often use for one another, a group a line, the most usual ones first."""

PHRASAL = _words("""
    back-up clean-up fail-over fall-back log-in log-out look-up opt-in opt-out roll-back scale-up set-up shut-down
    sign-in sign-out sign-up start-up tear-down time-out warm-up
""")
"""Verbs of two words that are also written as one."""

NEUTRAL_HEADINGS = GENERIC_HEADINGS | _words(
    "also and conclusion evidence findings further key main other points say sources"
)
"""Words of headings that claim nothing."""
