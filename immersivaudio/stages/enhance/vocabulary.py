"""The mood vocabulary: what a feeling word says of valence and arousal, as one table.

A row is a family of words that feel alike. Its place on the two axes follows the circumplex of Russell
(1980) and the tendencies of the norms of Warriner, Kuperman & Brysbaert (2013), rounded to tenths: a
starting point for a mapping, not a measurement. Phrases are written without hyphens or apostrophes, as
`text_cleaning.words` leaves them.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Mood:
    """One family of feeling words."""

    name: str
    """How the sheet and the prompt call it."""
    valence: float
    """Unpleasant -1 to pleasant 1."""
    arousal: float
    """Calm -1 to excited 1."""


_FAMILIES: tuple[tuple[str, float, float, str], ...] = (
    # Pleasant and lively.
    ("joyful", 0.9, 0.5,
     "joy, joyous, delight, delighted, delightful, gleeful, glee, jolly, merry, charming, rejoice"),
    ("happy", 0.8, 0.4,
     "happiness, glad, cheerful, cheery, cheer, smiling, smile, feel good, feelgood, good mood, pleased"),
    ("ecstatic", 0.9, 0.9,
     "euphoric, euphoria, elated, elation, overjoyed, thrilled, jubilant, rapturous, exultant, on cloud "
     "nine"),
    ("excited", 0.7, 0.8,
     "exciting, excitement, exhilarating, exhilarated, thrilling, pumped, hyped, hype, stoked, "
     "electrifying, amped, thrill, rollercoaster"),
    ("energetic", 0.5, 0.8,
     "energy, high energy, lively, vivid, vibrant, vigorous, dynamic, bouncy, zesty, peppy, perky, "
     "driving, punchy, banging, gym, workout, fitness, running, jogging, training, crossfit, sporty, "
     "banger, bangers, sprint, marathon, boxing"),
    ("upbeat", 0.7, 0.6, "uptempo, buoyant, sprightly, spirited, animated, bubbly, zippy, catchy"),
    ("playful", 0.7, 0.4,
     "fun, mischievous, cheeky, frisky, childlike, childish, kids, children, cute, adorable, kid, toddler, "
     "puppy, puppies, kitten, kittens, playground, zoo"),
    ("funny", 0.6, 0.4,
     "humorous, humour, humor, comedy, comic, comedic, comical, hilarious, silly, goofy, slapstick, "
     "wacky, zany, amusing, "
     "lol, lmao, meme, memes, fail, fails, epic fail, prank, pranks, bloopers, blooper, parody, joke, jokes"),
    ("quirky", 0.5, 0.3, "whimsical, whimsy, eccentric, odd, offbeat, kooky, oddball"),
    ("festive", 0.8, 0.7, "party, partying, celebration, celebratory, carnival, fiesta, birthday, christmas, "
     "xmas, new year, new years, new years eve, new year eve, holiday season, fireworks, housewarming, "
     "baby shower, cheers, bachelorette, prom"),
    ("triumphant", 0.8, 0.8, "triumph, victorious, victory, winning, champion, glorious, glory, conquering, "
     "graduation, graduating, achievement, touchdown, gold medal"),
    ("heroic", 0.5, 0.7,
     "hero, brave, bravery, courageous, courage, valiant, noble, bold, fearless, gallant, mighty"),
    ("inspiring", 0.8, 0.4,
     "inspirational, inspired, uplifting, uplift, motivational, motivating, motivated, empowering, "
     "encouraging, elevating, success story, ted talk, keynote, rocky training"),
    ("hopeful", 0.6, 0.1,
     "hope, optimistic, optimism, promising, reassuring, looking forward, new beginning, sunrise, dawn"),
    ("confident", 0.5, 0.4,
     "confidence, proud, pride, determined, determination, resolute, assured, swagger, sassy, badass, "
     "cool"),
    ("adventurous", 0.6, 0.6,
     "adventure, exploring, exploration, discovery, quest, journey, wanderlust, travel, road trip, "
     "voyage, skateboarding, skateboard, surfing, surf, skiing, snowboarding, climbing, rock climbing, "
     "hiking, hike, backpacking, camping, camping trip, safari, expedition, kayaking, sailing, pirate, "
     "pirates, treasure, jungle, roadtrip, trip"),
    ("passionate", 0.5, 0.6, "passion, fiery, ardent, fervent, lustful, desire"),
    ("groovy", 0.6, 0.4, "groove, danceable, dancing, dance, swaying, swinging"),
    ("carefree", 0.8, 0.2,
     "light hearted, lighthearted, breezy, sunny, bright, light, happy go lucky, "
     "untroubled, summer, summery, summertime"),
    ("magical", 0.6, 0.2,
     "magic, enchanted, enchanting, fairy tale, fairytale, fantasy, wonder, wondrous, wonderful, "
     "marvellous, sparkling, twinkling, shimmering"),
    ("majestic", 0.5, 0.5,
     "grand, grandiose, regal, royal, stately, magnificent, monumental, imposing, awe inspiring, awe, "
     "awesome, breathtaking, spectacular, sweeping, soaring"),
    # Pleasant and calm.
    ("calm", 0.4, -0.7,
     "calming, calmness, tranquil, tranquility, placid, quiet, stillness, unhurried, composed, low key, "
     "mellow, laid back"),
    ("peaceful", 0.6, -0.7,
     "peace, serene, serenity, restful, harmonious, idyllic, pastoral, zen, nature walk, gardening"),
    ("relaxing", 0.5, -0.6,
     "relaxed, relax, relaxation, chill, chilled, chilling, chillout, chill out, soothing, soothe, unwind, "
     "spa, lounging, lazy, easy, comfy, chillaxing, self care, hammock, weekend"),
    ("meditative", 0.3, -0.8,
     "meditation, mindful, yoga, contemplating, breathing, healing, sleepy, sleep, drowsy, lullaby, "
     "bedtime, sleeping, nap, asmr, pilates"),
    ("tender", 0.6, -0.4,
     "tenderness, gentle, soft, delicate, sweet, caring, affectionate, kind, loving, intimate, fragile, "
     "innocent, innocence, baby, babys, babies, newborn, first steps, grandma, grandpa, nana, motherhood"),
    ("romantic", 0.7, -0.2,
     "romance, love, in love, wedding, valentine, sensual, seductive, sexy, candlelight, honeymoon, "
     "proposal, marriage proposal, engagement, engagement party, anniversary, first dance, bride, bridal, "
     "groom, date night, soulmate, valentines"),
    ("warm", 0.6, -0.3,
     "warmth, cosy, cozy, homely, friendly, heartwarming, heart warming, welcoming, fireside, family, "
     "comforting, comfort, wholesome"),
    ("content", 0.6, -0.4,
     "contented, satisfied, fulfilled, grateful, gratitude, thankful, blissful, bliss, at ease"),
    ("elegant", 0.5, -0.2,
     "elegance, graceful, grace, classy, refined, sophisticated, luxurious, luxury, chic, stylish, "
     "smooth, suave, beautiful, beauty, lovely, pretty"),
    ("dreamy", 0.4, -0.5,
     "dream, dreamlike, dreaming, hazy, floating, floaty, drifting, weightless, airy, ethereal, "
     "celestial, heavenly, angelic, otherworldly, underwater"),
    ("atmospheric", 0.1, -0.4,
     "atmosphere, spacious, vast, expansive, immersive, spacey, cosmic, space, stars, deep"),
    ("reflective", 0.1, -0.5,
     "contemplative, contemplation, pensive, thoughtful, introspective, introspection, thinking, "
     "meditating, rainy, rainy day, raining"),
    ("spiritual", 0.4, -0.4,
     "sacred, holy, religious, reverent, prayer, transcendent, mystical, mystic, church, worship, baptism"),
    # Between pleasant and not.
    ("easygoing", 0.2, 0.0, "easy going, balanced, steady, neutral, casual, everyday, unforced"),
    ("nostalgic", 0.1, -0.3,
     "nostalgia, memories, memory, remembering, reminiscing, throwback, vintage, old school, old "
     "fashioned, childhood, sepia, good old days, old times, home movie, home movies, home video, super 8"),
    ("bittersweet", -0.1, -0.3,
     "bitter sweet, poignant, touching, moving, emotional, sentimental, heartfelt, tearjerker, goodbye, "
     "farewell, in memory, in memory of, in loving memory, memorial, tribute, passed away, rest in peace, "
     "remembrance, in my feels, retirement"),
    ("wistful", -0.2, -0.4, "longing, yearning, missing you, homesick, hankering"),
    ("mysterious", -0.2, 0.1,
     "mystery, enigmatic, secretive, secret, intriguing, intrigue, curious, cryptic, puzzling, noir, "
     "detective, investigation, arcane"),
    ("hypnotic", 0.1, 0.1, "mesmerising, mesmerizing, trippy, psychedelic, trance, repetitive, spellbinding"),
    ("serious", -0.1, 0.0,
     "earnest, formal, corporate, professional, documentary, newsy, informative, news, breaking news, "
     "political, legal drama, medical, courtroom, educational"),
    ("dramatic", -0.1, 0.6,
     "drama, theatrical, intense, intensity, powerful, power, strong, climactic, turbulent, stirring, "
     "gripping, loud, crescendo, build up, buildup, big finish, climax, storm, stormy"),
    ("epic", 0.3, 0.8,
     "larger than life, huge, massive, blockbuster, colossal, legendary, battle, war, warrior, gladiator, "
     "final battle, dragon, dragons, knight, knights, kingdom, conquest"),
    ("sarcastic", 0.0, 0.2,
     "ironic, irony, tongue in cheek, satirical, deadpan, sly, cheesy, corny, kitsch, kitschy, tacky"),
    ("sneaky", 0.0, 0.2,
     "stealthy, stealth, sneaking, spy, heist, tiptoe, conspiratorial, cunning, secret agent, undercover, "
     "ninja"),
    ("strange", -0.2, 0.2, "weird, surreal, bizarre, uncanny, unusual, abstract, experimental, alien"),
    ("futuristic", 0.1, 0.3,
     "future, sci fi, science fiction, robotic, high tech, technology, cyber, cyberpunk, digital, tech, "
     "artificial intelligence, robot, robots, drone show, hologram, spaceship, quantum"),
    # Unpleasant and lively.
    ("tense", -0.5, 0.5,
     "tension, suspense, suspenseful, nail biting, edgy, on edge, uneasy, unsettled, unsettling, "
     "thriller, apprehensive, foreboding, ticking, cliffhanger, stakeout, hostage, interrogation"),
    ("anxious", -0.6, 0.6,
     "anxiety, nervous, worried, worry, stressed, stress, stressful, restless, jittery, agitated, "
     "paranoid, panic, panicked, panicky"),
    ("urgent", -0.2, 0.8,
     "urgency, hurried, rushing, chase, pursuit, racing, frantic, hectic, breathless, relentless, "
     "countdown, action, action packed"),
    ("scary", -0.8, 0.6,
     "fear, fearful, afraid, frightening, frightened, terrifying, terror, horror, horrifying, nightmare, "
     "nightmarish, spine chilling, jump scare, petrified, dread, dreadful, "
     "fright, serial killer, zombie, zombies, zombie apocalypse, scream, screaming, bloodbath"),
    ("creepy", -0.6, 0.2,
     "eerie, spooky, haunted, haunting, ghostly, sinister, disturbing, macabre, halloween, ominous, "
     "menacing, menace, threatening, threat, haunted house, vampire, vampires, witch, witches, "
     "skeleton, paranormal, supernatural, cursed, possessed, seance"),
    ("angry", -0.6, 0.8,
     "anger, furious, fury, rage, raging, enraged, mad, outraged, hateful, hate, irate, hostile, revenge, "
     "vengeance"),
    ("aggressive", -0.3, 0.9,
     "aggression, violent, violence, brutal, fierce, savage, ferocious, hard hitting, heavy, harsh, "
     "gritty, raw, rebellious, rebel"),
    ("chaotic", -0.4, 0.9,
     "chaos, crazy, insane, wild, explosive, mayhem, out of control, anarchic, noisy, frenzied, frenetic, "
     "manic"),
    ("evil", -0.8, 0.4,
     "villain, villainous, diabolical, demonic, devilish, wicked, malevolent, cruel, toxic"),
    ("dangerous", -0.4, 0.7, "danger, perilous, peril, deadly, lethal, risky, treacherous"),
    ("disgusted", -0.7, 0.2, "disgusting, grossed out, repulsive, nasty, ugly, sickening, revolting"),
    ("frustrated", -0.5, 0.4,
     "frustrating, frustration, annoyed, annoying, irritated, irritating, impatient, jealous, envious, "
     "bitter"),
    # Unpleasant and calm.
    ("sad", -0.7, -0.4,
     "sadness, unhappy, sorrowful, sorrow, tearful, tears, crying, cry, weeping, gloomy, glum, downcast, "
     "feeling blue, miserable, misery"),
    ("melancholic", -0.5, -0.4,
     "melancholy, melancholia, rueful, plaintive, doleful, forlorn, autumnal, brooding, moody"),
    ("heartbroken", -0.8, -0.2,
     "heartbreak, heartbreaking, heart broken, broken hearted, devastated, devastating, grieving, grief, "
     "anguish, anguished, tragic, tragedy, painful, pain, suffering"),
    ("mournful", -0.7, -0.6,
     "mourning, funeral, funereal, elegiac, elegy, lament, requiem, sombre, somber, death, dying, grave, "
     "loss"),
    ("lonely", -0.6, -0.5,
     "loneliness, alone, isolated, isolation, abandoned, solitary, solitude, empty, emptiness, desolate, "
     "lost, deserted"),
    ("depressed", -0.8, -0.6,
     "depression, depressing, depressive, hopeless, hopelessness, despair, despairing, bleak, dreary, "
     "dismal, numb, defeated, dejected"),
    ("dark", -0.6, 0.1,
     "darkness, shadowy, grim, murky, gothic, goth, doom, doomy, apocalyptic, dystopian, post "
     "apocalyptic, cold, icy, apocalypse, dystopia"),
    ("bored", -0.3, -0.6, "boring, dull, monotonous, tired, weary, exhausted, fatigued, lethargic, tedious"),
    ("regretful", -0.5, -0.3,
     "regret, guilty, guilt, ashamed, shame, remorse, sorry, apologetic, disappointed, disappointment"),
    ("subtle", 0.1, -0.5,
     "understated, minimal, minimalist, minimalistic, sparse, simple, restrained, background, "
     "unobtrusive, discreet"),
)  # fmt: skip

MOODS: dict[str, Mood] = {
    word: Mood(name, valence, arousal)
    for name, valence, arousal, words in _FAMILIES
    for word in (name, *words.split(", "))
}
"""Every word and phrase -> its family."""
