"""Words that carry grammar rather than a topic, by language, in lower case. Search leaves them out of questions.

English has the question words and contractions too. Other languages have what stands in most of their questions;
where a word is missing it is a term that all documents have, which costs little.
"""

_WORDS = {
    "en": """
        a about above across after again against all almost along already also although always am among an and
        another any anybody anyone anything are aren around as ask at away back be became because been before behind
        being below between both but by can cannot could couldn d describe did didn do does doesn doing don done
        down during each either else enough etc even ever every everything exactly explain few find first for from
        further gave get gets getting give given gives go goes going good got had happen happens has hasn have haven
        having he her here hers him his how however i if in into is isn it its itself just keep kind know least less
        let like likely ll look m made mainly make makes many may maybe me mean means might mine more most much must
        my myself need needs neither never new no nobody none nor not nothing now of off often on once one ones only
        onto or other others otherwise ought our ours out over own part per perhaps please put quite rather re
        really s said same say says see seem seems several shall she should shouldn since so some somebody someone
        something sometimes still such sure t take tell than that the their theirs them themselves then there these
        they thing things think this those though through thus to together too toward try two under until up upon us
        use used useful uses using ve very via want wants was wasn way ways we well were weren what whatever when
        whenever where whether which while who whole whom whose why will with within without won work works would
        wouldn yes yet you your yours""",
    "de": """
        aber alle als am an auch auf aus bei beim bis da damit das dass dem den der des die dies diese diesem diesen
        dieser dieses doch du durch ein eine einem einen einer eines er es für gegen gibt hat haben hatte ich ihr
        ihre im in ist ja kann kein keine können könnte man mein mit muss müssen nach nicht noch nur ob oder ohne
        sein sich sie sind so soll sollte über um und uns unter vom von vor wann war warum was welche welchem
        welchen welcher welches wenn wer werden wie wieviel wird wo woher wohin wozu zu zum zur""",
    "fr": """
        a afin ai alors après au aucun aussi autre aux avant avec avoir c ce cela ces cet cette ceux chaque comme
        comment d dans de des doit donc dont du elle elles en encore est et être eu faire fait faut il ils j je l la
        le les leur leurs lui m mais me même mes mon n ne nos notre nous on ont ou où par pas peut peuvent plus pour
        pourquoi qu quand que quel quelle quelles quels qui quoi s sa sans se ses si son sont sous sur ta te tes toi
        ton tous tout toute très tu un une vos votre vous y""",
    "es": """
        a al algo ante antes como cómo con contra cual cuál cuales cuáles cuando cuándo cuanto cuánto cuanta cuántas
        cuántos de del desde donde dónde dos el él ella ellas ellos en entre era es esa ese eso esta está este esto
        fue ha hace hacer han hasta hay la las le les lo los más me mi mis muy no nos o para pero por porque puede
        pueden que qué quien quién se ser si sí sin sobre son su sus también tan te tiene tienen tu un una uno y ya
        yo""",
    "it": """
        a ai al alla alle allo anche c che chi ci come con cosa cui d da dal dalla dalle degli dei del della delle
        dello di dove e è ed era essere fare gli ha hanno i il in io l la le lei lo loro lui ma mi mia mio ne nei
        nel nella nelle no noi non o per perché più può quale quali quando quanta quante quanti quanto quella quello
        questa questo se si sia sono su sua sul sulla suo tra tu un una uno""",
    "pt": """
        a ao aos as até com como da das de do dos e é ela ele eles em entre era essa esse esta está este eu foi há
        isso já lhe mais mas me mesmo meu minha muito na não nas nem no nos nós o onde os ou para pela pelo pode por
        porque qual quais quando quantas quanto quantos que quem se sem ser seu sua são só também te tem têm um uma
        você""",
    "nl": """
        aan al als bij dan dat de der deze die dit door een en er geen haar heb hebben heeft het hij hoe hoeveel hun
        ik in is je kan kunnen maar me meer men met mij mijn moet na naar niet nog nu of om ons ook op over te tot
        uit van veel voor waar waarom wanneer was wat we welk welke wel werd wie wij worden wordt zal ze zich zij
        zijn zo""",
    "sv": """
        att av de den det dig din du där eller en ett för från han har hon hur här i inte jag kan man med men mig
        min mycket måste ni när och om på sig sin ska som så till under upp ut vad var varför vem vi vid vilka
        vilken vilket är""",
    "da": """
        af alle at blev da de dem den der det din du efter eller en er et for fra få han har hun hvad hvem hvilke
        hvilken hvor hvordan hvorfor hvornår i ikke jeg kan man med men mig min må når og om os over på sig sin skal
        som så til ud under var vi vil ved være""",
    "no": """
        alle at av da de den det din du eller en er et etter for fra få han har hun hva hvem hvilke hvilken hvor
        hvordan hvorfor i ikke jeg kan man med men meg min må når og om oss over på seg sin skal som så til under ut
        var vi vil ved være""",
    "ru": """
        а без был была было быть в вам вас весь во вот все всё вы где да для до его ее её если есть еще же за и из
        или им их к как какая какие какой какую когда кто ли можно мне мы на надо не нет но ну о об он она они оно
        от по под почему при с сколько со так такой там то тоже только ты у уже чего чем что чтобы эта эти это этот
        я""",
    "ar": """
        أن أو أي أين إذا إلى إن التي الذي الذين كان كانت كل كم كما كيف لا لم لن له لها ما ماذا متى مع من هذا هذه هل
        هم هو هي و يا يكون يمكن على عن عند في قد لماذا ذلك تلك بين بعد قبل حتى""",
    "pl": """
        a aby ale być by był co czy dla do gdzie i ich ile im ja jak jaka jaki jakie je jego jej jest już kiedy kto
        który która które lub ma mi mnie może na nad nie nim o od oraz po pod przez przy się są ta tak także tam te
        tego ten to tu tylko tym w we z za że""",
    "tr": """
        ama bana bazı ben bir biz bu çok da daha de değil diye en gibi hangi hem her için ile ise kaç kadar ki kim
        mi mı mu mü nasıl ne neden nerede o olarak sen siz şu ve veya ya""",
}

STOP_WORDS: dict[str, frozenset[str]] = {code: frozenset(words.split()) for code, words in _WORDS.items()}

_WEAK_WORDS = {
    "en": """
        alternative approach available basic best big call case change choose compare concept decide decision detail
        differ difference different example exist existing general handle help important information involve large
        main manage mention occur overview possible prefer problem provide purpose question reason related relevant
        result show situation small specific summary support topic type typical understand value""",
}
WEAK_WORDS: dict[str, frozenset[str]] = {code: frozenset(words.split()) for code, words in _WEAK_WORDS.items()}
"""Words that shape a question more than they say what it is about, by language."""
WEAK = 0.4
"""What a weak word counts, against another of its rarity."""
