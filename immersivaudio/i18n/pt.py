"""Portuguese."""

from collections.abc import Mapping

TEXTS: Mapping[str, str] = {
    "start": (
        "Olá! Envie um vídeo ou uma foto, e eu devolvo com música feita para ele: combina com o que se vê, cai nos "
        "cortes e termina quando o filme termina.\n\n"
        "Se quiser, escreva o clima na legenda: épico, tenso, piano lento, não triste…\n/help conta o resto."
    ),
    "help": (
        "Envie um vídeo, um GIF ou uma foto. A legenda é o clima, nas suas palavras; sem ela, as imagens decidem.\n\n"
        "Vários enviados juntos viram um filme montado sobre a música. Depois de um resultado, diga o que mudar: mais sombrio, mais bateria, mais lento no fim, outra vez, o primeiro era melhor…\n\n"
        "Embaixo de cada resultado há um código de compartilhamento. Envie-o no lugar do clima, e qualquer clipe recebe essa música.\n\n"
        "/remix <clima> – outra música sobre os mesmos cortes (responda a um clipe, ou uso o último)\n"
        "/takes – outra peça no mesmo clima\n"
        "/sounds on|off – sons da cena: chuva, mar, trânsito…\n"
        "/original auto|keep|mix|replace – o som do próprio clipe\n"
        "/length 5-60 – segundos que uma foto dura\n"
        "/status – o que está em andamento\n"
        "/cancel – parar\n"
        "/settings – o que você escolheu\n"
        "/privacy – o que fica guardado, e por quanto tempo\n"
        "/forget – apagar tudo o que é seu"
    ),
    "privacy": (
        "O seu clipe e o resultado ficam guardados por {hours} horas para que você possa remixar, e depois são "
        "apagados. O que você pediu fica {days} dias para nada ser respondido duas vezes. Nada é usado para outra "
        "coisa, e as suas palavras nunca vão para um registro. /forget apaga tudo de uma vez."
    ),
    "received": "Recebido. Um momento…",
    "waiting": "Na fila: número {position}.",
    "waiting.next": "Você é o próximo.",
    "waiting.rose": "Na fila: número {position}. Quem tem menos clipes em andamento passa na frente.",
    "fetching": "Buscando o seu clipe…",
    "working": "{stage}… {percent} %",
    "sending": "Pronto. Enviando para você…",
    "cancelled": "Parado. Nada foi feito.",
    "stopped": "Parados: {count} clipes. Nada foi feito deles.",
    "ready": "O seu clipe está pronto.",
    "stage.extract": "Assistindo ao seu clipe",
    "stage.listen": "Ouvindo",
    "stage.detect": "Procurando pessoas e coisas",
    "stage.select": "Escolhendo as melhores imagens",
    "stage.describe": "Pondo em palavras",
    "stage.enhance": "Planejando a música",
    "stage.generate": "Compondo",
    "stage.sounds": "Fazendo os sons da cena",
    "stage.reconstruct": "Juntando tudo",
    "stage.other": "Trabalhando",
    "stage.assemble": "Montando seu filme",
    "result.seen": "Visto: {scene}",
    "result.music": "{mood} · {tempo} bpm · {key} · {instruments}",
    "result.heard": "{mood} · {pace}, {tempo} bpm · {key} · {instruments}",
    "result.hits": "{hits} de {planned} cortes no tempo",
    "result.sounds": "Sons: {sounds}",
    "result.prompt": "Prompt: {prompt}",
    "result.note": "Nota: {note}",
    "result.share": "Código de compartilhamento: {code}",
    "result.share-near": "Código de compartilhamento (aproximado, não exato): {code}",
    "result.made.rules": "Música composta por Immersivaudio. Você pode usá-la; não reivindicamos nada.",
    "result.made.model": "Música gerada pelo modelo {model}. O que você pode fazer com ela, a licença diz: {licence}",
    "result.stems": "As faixas do seu clipe, um arquivo por grupo de instrumentos, com as notas em MIDI e os cortes e marcadores para o seu editor (EDL, CSV).",
    "result.take": "Versão {number}: {differs}",
    "result.changed": "Mudou: {differs}",
    "differs.piece": "outra peça com o mesmo clima, andamento e tom",
    "differs.slower": "mais lento",
    "differs.faster": "mais rápido",
    "differs.key": "em {value}",
    "differs.mood": "{value}",
    "differs.with": "com {value}",
    "differs.without": "sem {value}",
    "differs.instead": "{value} em vez de {other}",
    "differs.section": "música nova de {value}",
    "pace.0": "lento",
    "pace.1": "calmo no passo",
    "pace.2": "médio",
    "pace.3": "animado",
    "pace.4": "rápido",
    "result.stems-small": "Para caber aqui, vão em Opus a {kbps} kbit/s; de um clipe mais curto chegam sem perda.",
    "result.backends": "Feito com: {backends}",
    "button.take": "Outra versão",
    "button.remix": "Remix…",
    "button.sounds": "Sons",
    "button.quiet": "Sem sons",
    "button.speech": "Mais voz",
    "button.stems": "Faixas",
    "button.delete": "Apagar",
    "button.sure": "Apagar mesmo?",
    "button.three": "Três versões",
    "button.keep": "Ficar com esta",
    "button.kept": "Tirar mesmo as outras?",
    "button.prompt": "Prompt",
    "button.section": "Uma seção…",
    "button.cancel": "Cancelar",
    "button.apart": "Cada um separado",
    "mood.hopeful": "Esperançoso",
    "mood.epic": "Épico",
    "mood.tense": "Tenso",
    "mood.calm": "Calmo",
    "mood.funny": "Engraçado",
    "mood.lofi": "Lo-fi",
    "remix.ask": "Qual clima? Escreva nas suas palavras.",
    "remix.title": "Remix",
    "remix.hint": "épico, piano lento, não triste…",
    "sounds.on": "Sons da cena: sim.",
    "sounds.off": "Sons da cena: não.",
    "original.set": "O som do próprio clipe: {choice}.",
    "length.set": "As fotos duram {seconds} segundos.",
    "language.set": "Agora falo português com você.",
    "settings": "Sons: {sounds}\nSom próprio: {original}\nFotos: {seconds} s\nIdioma: {language}",
    "channels.set": "Os anexos em {channel} ganham música sem ninguém pedir.",
    "channels.unset": "Deixo em paz os anexos em {channel}.",
    "choice.on": "sim",
    "choice.off": "não",
    "choice.auto": "por baixo quando alguém fala; senão, substituído",
    "choice.keep": "fica, com a música por baixo",
    "choice.mix": "misturado com a música",
    "choice.replace": "substituído pela música",
    "status.none": "Nada seu está em andamento. Envie um clipe!",
    "status.line": "{number}. {state}",
    "command.help": "Como me usar",
    "forgotten": "Apagado: tudo o que é seu (clipes: {count}). O que está nesta conversa, você mesmo pode apagar.",
    "deleted": "Apagado.",
    "refuse.deleted-late": "Não posso mais apagar essa mensagem; apague você. O que eu guardava dela já se foi.",
    "refuse.too-big": "Esse arquivo tem {size} MB; aqui consigo buscar no máximo {limit} MB. {remedy}",
    "remedy.compress": "Envie como vídeo comprimido, ou corte.",
    "remedy.trim": "Corte ou diminua a resolução, e envie de novo.",
    "refuse.too-long": "Esse clipe dura {length}; aceito {limit} no máximo. Corte e envie de novo.",
    "refuse.not-media": "Não é um vídeo nem uma foto que eu conheça. Envie MP4, MOV, WebM, GIF, JPEG, PNG ou HEIC.",
    "refuse.nothing": "Não há clipe aqui. Envie um vídeo ou uma foto, ou responda a um.",
    "words.known": "Eu mudo a música do seu último clipe. Diga, por exemplo: mais sombrio · mais bateria · sem piano · mais lento no fim · outra vez · o primeiro era melhor · deixa minha voz · manda as faixas.",
    "words.hello": "Mande um vídeo ou uma foto, e volta com música. Você também pode dizer antes o clima e depois mandar o clipe: piano lento, esperançoso, nada triste…",
    "words.kept": "Anotado: {mood}. Mande o clipe nos próximos 10 minutos, e ele ganha esse clima.",
    "words.thanks": "De nada! Diga o que mudar, ou mande o próximo clipe.",
    "words.back": "Este, então. O que você disser agora parte dele.",
    "words.only": "Não há nenhum anterior: este é o primeiro.",
    "refuse.command": "Não conheço /{command}. Quis dizer /{nearest}?",
    "refuse.making": "Esse já está sendo feito.",
    "section.ask": "Qual seção deve ganhar música nova? As outras ficam como estão.",
    "section.only": "Este filme é uma só seção. Diga “outra vez” para outra peça.",
    "delete.ask": "Aperte mais uma vez, e some de vez.",
    "takes.kept": "Guardada. As outras versões se foram.",
    "refuse.no-remix": "Não conheço nenhum clipe seu aqui. Envie primeiro um vídeo ou uma foto.",
    "refuse.share-damaged": "Esse código está danificado. Copie de novo, inteiro, de IV- até o fim.",
    "refuse.share-newer": "Esse código foi feito por outra versão de mim e não consigo segui-lo. Diga o clima em palavras.",
    "refuse.in-works": (
        "Você tem {count} clipes em andamento. Espere um deles, ou pare um com /cancel, e envie este de novo."
    ),
    "refuse.full": "Há gente demais esperando agora. Tente de novo em alguns minutos.",
    "refuse.often": "Rápido demais para mim. Tente de novo em {seconds} segundos.",
    "refuse.blocked": "Você não pode me usar aqui. Fale com quem cuida deste lugar.",
    "refuse.not-yours": "Só quem pediu este clipe pode fazer isso.",
    "refuse.not-manager": "Só quem administra este servidor pode fazer isso.",
    "refuse.gone": "Esse clipe não está mais guardado. Envie de novo.",
    "refuse.length": "Dê um número de segundos de {low} a {high}, como /length 12.",
    "refuse.choice": "Escolha um destes: {choices}.",
    "refuse.private": "Escreva para mim em particular para isso.",
    "api.webhook": "Esse webhook não está na lista do operador. Peça para incluir a origem dele, ou retire-o.",
    "failed": "Não deu certo: {problem}. {remedy}",
    "failed.short": "Não deu certo.",
    "failed.retry": "Envie de novo; se falhar outra vez, a culpa é nossa, não sua.",
    "failed.too-big-here": "Está pronto, mas com {size} MB passa dos {limit} MB que posso enviar aqui. Envie um clipe mais curto.",
    "unreachable": "Não consigo falar com a minha oficina agora. Tente em um minuto.",
    # Discord
    "button.moods": "Outro clima…",
    "refuse.fetch": "Não consegui buscar esse arquivo. Envie de novo.",
    "discord.menu": "Pôr música",
    "discord.score": "Põe música em um vídeo, GIF ou foto: volta com música feita para ele",
    "discord.remix": "Outra música sobre os mesmos cortes do seu último clipe",
    "discord.status": "O que é seu e está em andamento",
    "discord.cancel": "Para um clipe seu que está em andamento",
    "discord.settings": "O que você escolheu, e o que este servidor escolheu",
    "discord.settings.mine": "As suas escolhas; sem opções, elas só são mostradas",
    "discord.settings.server": "As escolhas deste servidor, para quem o administra",
    "discord.privacy": "O que fica guardado, e por quanto tempo",
    "discord.forget": "Apaga tudo o que é seu",
    "discord.help": "Como me usar",
    "discord.option.clip": "O vídeo, GIF ou foto",
    "discord.option.mood": "O clima com as suas palavras: épico, piano lento, não triste",
    "discord.option.sounds": "Sons da cena: chuva, mar, trânsito",
    "discord.option.original": "O que acontece com o som do próprio clipe",
    "discord.option.length": "Segundos que uma foto dura",
    "discord.option.language": "O idioma em que falo com você",
    "discord.option.number": "O número dele no /status; sem ele, o mais recente",
    "discord.option.channel": "O canal de que se trata",
    "discord.option.unasked": "Se os anexos deste canal ganham música sem ninguém pedir",
    "discord.option.block": "Alguém que não devo atender aqui",
    "discord.option.unblock": "Alguém que devo voltar a atender aqui",
    "discord.server": "Com música sem pedir: {channels}\nNão atendidos: {blocked}",
    "discord.nothing": "nenhum",
    "discord.no-content": "Quem me opera não me deixa ler mensagens; em {channel} ainda é preciso me mencionar.",
    "discord.guide": (
        "Envie um clipe com /score, clique com o botão direito em uma mensagem que tenha um (Apps, Pôr música), me mencione nela ou escreva para mim em particular. Diga o clima com as suas palavras; sem ele, as imagens decidem.\n\n"
        "Vários enviados juntos viram um filme montado sobre a música. Depois de um resultado, diga o que mudar: mais sombrio, mais bateria, mais lento no fim, outra vez, o primeiro era melhor…\n\n"
        "Embaixo de cada resultado há um código de compartilhamento. Envie-o no lugar do clima, e qualquer clipe recebe essa música.\n\n"
        "/remix – outra música sobre os mesmos cortes do seu último clipe\n"
        "/status – o que está em andamento\n"
        "/cancel – parar\n"
        "/settings mine – sons, som próprio, duração das fotos, idioma\n"
        "/settings server – canais em que ponho música sem ninguém pedir, para quem administra\n"
        "/privacy – o que fica guardado, e por quanto tempo\n"
        "/forget – apagar tudo o que é seu\n"
        "\nResponda a um resultado com um clima, e eu faço um remix dele."
    ),
}
