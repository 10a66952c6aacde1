"""What an emoji says, in words of the vocabulary. Joined emoji arrive as parts, for
`text_cleaning.clean` drops joiners.
"""

EMOJI: dict[str, str] = {
    emoji: word
    for word, emojis in {
        "happy": "😀😃😄😁🙂😊☺😺🌞☀🌈👍",
        "joyful": "😂🤣😆🥳",
        "festive": "🎉🎊🎂🎈🎄🪩💃🕺🍾🎁🎆🎇🎅",
        "romantic": "😍🥰😘💕💖💗💓💞💘💝❤♥🌹💏💑💍",
        "sad": "😢😭😞😔☹🙁😿😥💧",
        "heartbroken": "💔",
        "angry": "😠😡🤬👿💢",
        "scary": "😱😨👻🎃🧟💀☠🔪🦇",
        "anxious": "😰😟😬😧😓",
        "tense": "⏳⏰💣",
        "calm": "😌🧘🍃🕊🌿🌊",
        "meditative": "😴💤🌙🛌🪷",
        "dreamy": "💭☁🌌✨🌠🦋",
        "magical": "🪄🦄🧚🔮",
        "funny": "🤪😜😝🤡🙃😹",
        "playful": "😋🐶🐱🐰🧸🐕🐈🐾",
        "confident": "😎💪😏",
        "energetic": "🔥⚡🚀💥🏃🤸🏋💯⚽🏀🏈",
        "triumphant": "🏆🥇🏅👑🙌🎓",
        "epic": "⚔🛡🐉🏰",
        "mysterious": "🤔🕵🔍",
        "futuristic": "🤖👽🛸",
        "video game": "👾🎮🕹",
        "nostalgic": "📼📷🎞📻👵👴",
        "carefree": "🏖🌴😇🌻🌸🌼🍹🌅",
        "adventurous": "🏄🏂⛷🚴🧗🏕🛹✈🧳🗺🚗🏴",
        "majestic": "🏔⛰🗻🦅🌋",
        "tender": "👶🍼🤱",
        "piano": "🎹",
        "guitar": "🎸",
        "violin": "🎻",
        "drums": "🥁",
        "trumpet": "🎺",
        "saxophone": "🎷",
        "country": "🤠",
        "cinematic": "🎬🎥",
        "spiritual": "🙏⛪",
        "excited": "🤩",
        "dark": "🖤🌑⚰",
        "lonely": "🥀",
        "autumnal": "🍂🍁",
        "rainy": "🌧☔",
        "warm": "☕🤗🏡",
    }.items()
    for emoji in emojis
}
"""One character -> a word of the vocabulary."""
