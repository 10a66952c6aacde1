"""Ordinary words that are spelled like a word of the vocabulary and mean something else.

A mistyped word is corrected to the nearest one that is known; these are not mistyped. Kept are the commonest
words of the six languages that the correction in `lexicon` would take for another, written without accents.
Whoever adds to the vocabulary may have to add here, and to the sentences that
`tests/unit/stages/enhance/test_what_people_type.py` tries.
"""

_ENGLISH = """
    according acordo actin actions alternate alternatively alternatives america american americans arch
    archie armour assumed assure assures auction auctions avenue avert babes bacteria bacterial badgers bail
    bailed bailey baisse baixos balance balances bale bankers banking banners banning base baseball bathing
    bats batter battered batteries bays beak beating bets bile bleach blue boarding boss boulder boulders
    bras braves breach breadth breathe bred bridge brighton bring buff calling came camo canning carlton
    carrying carton carving case catch catering cathy cell cells chalmers chan chante charging chariot
    charting chased chaser chat cheek cher chers childrens chime choi choking christians claiming clarity
    class classify clearing clima climatic codes coincidence columbia comey commented commercially compose
    composer comrades consent consented consider consoles constellation contend contended contention
    contents contest contested context continent contrasts convent cooling coral cords cores cory cosmetic
    counter county countys courteous crimea cumbria cured cutler cutter damning dana dane dans dead deaths
    dedicate defeat defective departing desert detected deterioration determine determines diesmal ding disc
    discrete disguised divergent diving dole done douche dressed dressing drones drying dumpster earners
    egalement electrical electrician electrode electron electrons engaged enhancing enlargement ernest
    estranged exhaustive existed existing expensive expiration exploding exploitation exploiting exporting
    extant fais familial fanatic figlia fils finesse flamengo flight float flotte forecast foremost formally
    forrest frameworks freight freud friedrich friend gambling garbage gardener gave genital genitals giving
    gracie grad grader graders gran granada grande grandeur granger gravel graves grimes grinder grove
    hailing hara hare harper hash hating hauling heading hearing heartbeat heating helping homeless
    hopefully hose housed houses hunted hunting imitating impacted impacts infant initiate inmate inpatient
    instance insulation intends interns intersection intimidate iris iron isolate joes junge kimi leis lena
    lese ligament lighted lighten lights lodging logging lydia maggie maor mariah mastery matching mayo
    mayors meal mediation medication medications medicinal memoria mens mental mentor meta might miner
    minors mins mister moderator monastery monument morning mornings mounting move movies nata natalie
    network neural nozzle obscure organs outage pace packed parity parting partly passing pastor payer
    paying pearce perk picked plantes plates platform platforms pleaded poem polk pore portent positively
    possess possessive potete powder prem preston prices prince princes prod profession professions propos
    proposta puck puppets quit rabbi raid raiding railing raising rand ranging ranking ranting reaching
    reacting real reel regrets reigned reis related relating relation relations religions remaining remise
    require requirement restrain restraint retained retaining revenue reverend revert revise revolution
    revolving rhode rhodesia rise robo romania root roots ruining salvage sama save saying sayings scaling
    scar scored scorer scores scoring scrambling sealing seeing sewing sham sharing shivering shooting
    sibling siga sing sinking sister skipping slaying sleeps snoring soaking sober somme sore sort sorting
    sorts spaced spacex spanning spare speaking spirit spot spots springer springs sprinter sprite stairs
    stammen star stares staring starring starting starts starving staying stead steering sterling stigma
    stimme sting stirling stocked stoke stoner storage storing storming story strains strangers streaming
    streets stretcher striking striving stroking stud stylist subtitle successor summary superheroes
    supports suspension sweater swings tack tang tars tear teas tend tenders tens thanking thinning tied
    tire topical trace trailed trailing trainer treasurer treasury treat tribune trompe trumps underrated
    understand underwear urbana vale vantage variant vase vera verfugung vero verranno versao vice victor
    villaggio violates violet vocation voiced walt warship wary watches wear webster weir welding wenger
    whining wilde winding wondered
"""
_OTHERS = """
    abandonne abandonner accordi accordo algeria amante ambiant ambiental ambienti andate ange angeblich
    angeli archiv assurdo assurer atmosphare balle bano bela belo bord cala cama capire casal chao chasse
    chiara chinois chinoise classi classifica composee confiance contenant contenuti contenuto contesto
    contexte contexto contiene contient coragem cuello dama demas detener determiner deteste dico diferente
    dignita doce enrico enrique enviou etranger etrangere etrangers etwa extremo fier finestra forma fremden
    freunde freunden gamin garde gardien gente gilt grandes grandi grands grune guidare halfte heisst
    henrique heures hors humo impacto indice indien instante intende interne jouer joueurs journee kleine
    kleinen kleiner kleinere lago lati lebe legenda licht lieber liee longe losungen maestros maggior mani
    meister ministerio ministero mito mois monter montrer moto movimiento muchos nich organi pacto passeio
    perfil pide piel plainte poucos presento preso prestito preto previsto pura questa queste questi questo
    quitter recordar regalo regrette retiro reto romani sacre sala sanger sass schone senador sepa simile
    simples sinistra sobre sogenannte soldado spiace stesse strasse studium succes sucesso summe tant tantos
    techo tende tener tenu tenue tese traer traiter trieste vienne vila vivi voce voie wenige wenigen werd
    wird
"""

ORDINARY: frozenset[str] = frozenset(f"{_ENGLISH} {_OTHERS}".split())
"""Never corrected to a word that is known; where one of them is known itself, it keeps its meaning."""
