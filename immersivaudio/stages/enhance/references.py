"""Films, series, games and composers by whose name people ask for a mood, as one table.

A name says two things: how it feels (a word of `vocabulary`) and which palette comes nearest. It promises the
manner, not the music: no part of any work is stored here.
"""

_ROWS: tuple[tuple[str, str, str], ...] = (
    # mood, palette, names
    ("epic", "epic",
     "hans zimmer, avengers, marvel, elden ring, dark souls, skyrim, boss fight, boss battle, final boss, "
     "samurai, transformers, two steps from hell"),
    ("epic", "cinematic",
     "star wars, lord of the rings, lotr, the hobbit, game of thrones, space opera, ben hur, braveheart, "
     "dune"),
    ("atmospheric", "ambient", "interstellar, brian eno, arrival movie, gravity movie, zero gravity"),
    ("adventurous", "cinematic",
     "indiana jones, pirates of the caribbean, jurassic park, john williams, uncharted, tomb raider, narnia"),
    ("majestic", "cinematic",
     "david attenborough, attenborough, planet earth, national geographic, nat geo, bbc earth, beethoven, "
     "mozart, wagner, lion king, titanic"),
    ("majestic", "baroque", "bach, vivaldi, handel, pachelbel, brandenburg concerto"),
    ("magical", "orchestral waltz", "harry potter, hogwarts, frozen movie, nutcracker, cinderella"),
    ("magical", "cinematic", "disney, studio ghibli, ghibli, totoro, miyazaki, joe hisaishi, fairycore"),
    ("playful", "cinematic", "pixar, toy story, paddington, home alone"),
    ("quirky", "comedic pizzicato", "wes anderson, danny elfman, desperate housewives"),
    ("quirky", "orchestral waltz", "amelie, amelie poulain"),
    ("funny", "comedic pizzicato",
     "tom and jerry, looney tunes, mr bean, benny hill, charlie chaplin, chaplin, laurel and hardy, "
     "curb your enthusiasm, silent movie, silent film, silent comedy"),
    ("creepy", "comedic pizzicato", "tim burton, addams family, beetlejuice, wednesday addams"),
    ("scary", "horror",
     "stephen king, the shining, the conjuring, the exorcist, blair witch, silent hill, resident evil, "
     "walking dead"),
    ("tense", "tense",
     "hitchcock, christopher nolan, david fincher, trent reznor, breaking bad, squid game, jaws, true "
     "detective"),
    ("sneaky", "tense", "mission impossible, ocean s eleven, oceans eleven, money heist, jason bourne"),
    ("sneaky", "jazz", "pink panther, inspector gadget, cowboy bebop"),
    ("confident", "tense", "james bond, 007, kingsman"),
    ("confident", "rock", "tarantino, top gun, peaky blinders, fast and furious, guardians of the galaxy"),
    ("dark", "cinematic", "batman, dark knight, joker movie, the godfather, sin city, dark academia"),
    ("dark", "synthwave", "blade runner, terminator, john carpenter"),
    ("mysterious", "synthwave", "stranger things, twin peaks, x files"),
    ("futuristic", "synthwave", "the matrix, tron, cyberpunk 2077"),
    ("groovy", "jazz", "great gatsby, gatsby, roaring twenties, la la land"),
    ("groovy", "house", "daft punk, saturday night fever, abba"),
    ("dramatic", "cinematic", "ennio morricone, morricone, sergio leone, spaghetti western, clint eastwood"),
    ("romantic", "orchestral waltz", "bridgerton, jane austen, pride and prejudice"),
    ("romantic", "hopeful", "romcom, rom com, rom coms, notting hill, love actually"),
    ("reflective", "melancholic piano",
     "ludovico einaudi, einaudi, yann tiersen, max richter, chopin, satie, erik satie, debussy"),
    ("calm", "ambient", "minecraft, c418, stardew valley"),
    ("playful", "chiptune", "mario, super mario, pokemon, sonic the hedgehog, tetris, undertale, pac man"),
    ("adventurous", "chiptune", "zelda, final fantasy"),
    ("warm", "folk", "cottagecore, the shire, hobbiton"),
    ("relaxing", "lo-fi", "lofi girl, lo fi girl"),
    # What a film is for.
    ("upbeat", "pop", "youtube intro, channel intro, intro video, tiktok, reels, instagram reel, haul, "
    "get ready with me"),
    ("confident", "corporate", "product demo, app demo, demo video, saas, tech review, how to video, "
    "onboarding, webinar"),
    ("energetic", "rock",
     "snowboard edit, ski edit, surf video, surf edit, surf movie, mountain bike, mtb edit, parkour, "
     "sports montage, "
     "gopro edit"),
    ("energetic", "trap", "basketball mixtape, basketball highlights, nba, dunk contest, hoops"),
    ("triumphant", "epic", "football highlights, soccer highlights, sports highlights, "
    "goals compilation, world cup"),
    ("energetic", "synthwave", "racing game, night drive, car commercial"),
    ("sneaky", "tense", "spy movie, spy film, secret mission, stealth mission, escape room"),
    ("serious", "news", "election night, press conference, headlines, weather report"),
    ("majestic", "military march", "national anthem, anthem, hymn, changing of the guard"),
    ("bittersweet", "melancholic piano", "memorial video, memorial slideshow, memorial for, "
    "celebration of life, obituary"),
    ("festive", "samba", "carnival in rio, rio carnival, carnaval, brazilian carnival"),
    ("epic", "epic choir", "final battle, last stand, siege, valhalla"),
    ("elegant", "deep house", "makeup tutorial, beauty tutorial, skincare routine, fashion film, perfume ad"),
    ("warm", "bossa", "recipe video, cooking video, cooking show, baking video, food vlog"),
)  # fmt: skip

REFERENCES: dict[str, tuple[str, str]] = {
    name: (mood, palette) for mood, palette, names in _ROWS for name in names.split(", ")
}
"""Name, as `text_cleaning.key` writes it -> (mood, palette)."""
