"""Words of letters: how they greet and close, and what the law wants below them. Patterns on folded lines."""

import re

CLOSING = re.compile(
    r"""[\s\-–—*]*(?:
      (?:(?:with\s+)?(?:(?:my\s+)?(?:best|kind|kindest|warm|warmest|many)\s+)?regards|best|kr|br|rgds|cheers|thanks|thank\s+you|many\s+thanks|thanks\s+(?:and|&|\+)\s+(?:best\s+|kind\s+)?regards
        |best\s+wishes|all\s+the\s+best|sincerely|yours(?:\s+(?:sincerely|faithfully|truly))?|sincerely\s+yours|take\s+care|talk\s+soon|speak\s+soon|warmly|respectfully|thanks\s+in\s+advance|thanks\s+a\s+lot|with\s+thanks)
     |(?:(?:bien\s+|tres\s+)?(?:cordialement|amicalement|sincerement)(?:\s+votre)?|bien\s+a\s+(?:vous|toi)|cdlt|cdt|bien\s+cdt|salutations(?:\s+distinguees)?|sinceres\s+salutations|meilleures\s+salutations|(?:mes\s+)?respectueuses\s+salutations
        |belle\s+journee|bonne\s+(?:journee|fin\s+de\s+journee|soiree|reception)|excellente\s+journee|a\s+bientot|merci(?:\s+(?:d'avance|beaucoup|et\s+bonne\s+journee))?|avec\s+mes\s+(?:meilleures|sinceres)\s+salutations|respectueusement)
     |(?:(?:mit\s+)?(?:(?:sehr\s+)?freundliche[nm]?|besten?|herzlichen?|lieben?|viele[n]?|schonen?|kollegialen?|sonnigen?)\s+(?:grussen?|gruss)(?:\s+aus\s+\w[\w\s-]{1,29})?|mfg|lg|vg|bg|beste\s+grusse|viele\s+grusse|liebe\s+grusse|herzliche\s+grusse|freundliche\s+grusse|hochachtungsvoll|gruss|grusse|danke|vielen\s+dank|besten\s+dank|bis\s+bald|herzlichst)
     |(?:(?:un\s+)?(?:cordial(?:es)?\s+saludos?|saludos?(?:\s+cordial(?:es)?)?|atentamente|atte|un\s+saludo|un\s+abrazo|abrazos?|muchas\s+gracias|gracias|reciba\s+un\s+cordial\s+saludo|le\s+saluda\s+atentamente|quedo\s+a\s+su\s+disposicion)(?:\s+y\s+saludos)?)
     |(?:(?:met\s+)?(?:(?:zeer\s+)?vriendelijke|lieve|hartelijke|beste|warme|sportieve)\s+groet(?:en)?|groet(?:en|jes)?|mvg|hoogachtend|alvast\s+bedankt|bedankt|dank\s+u(?:\s+wel)?|dank\s+je\s+wel|tot\s+snel|vriendelijke\s+groet(?:en)?)
     |(?:med\s+(?:venlig|vennlig|vanlig)(?:e|a)?\s+h[ia]lsn?(?:en|inge?r?|ningar)|med\s+vanliga\s+halsningar|(?:vanliga\s+)?halsningar|(?:de\s+)?bedste\s+hilsn(?:er|inger)|hilsen|mvh|vh
        |(?:ystavallisin\s+)?terveisin|pozdrawiam|z\s+powazaniem|s\s+pozdrave?[mn]|udvozlettel|cu\s+stima|toate\s+cele\s+bune
        |(?:cordiali|distinti|cari|un\s+cordiale)?\s*salut[io]|un\s+saluto|cordialmente|(?:com\s+os\s+melhores\s+)?cumprimentos|atenciosamente|att|abracos?|obrigad[oa]
        |saygilarimla|iyi\s+calismalar|lep\s+pozdrav|srdacan\s+pozdrav|salutacions|cordialment|nga\s+mihi)
    )\s*[,.!;:\s\-–—]*""",
    re.VERBOSE,
)
# What a page or a mail program puts beside a person: pronouns, a profile's buttons and counts, the place of a picture.
FURNITURE = re.compile(
    r"""[^\w\[]*+(?:
      (?:she|he|they|elle|il|iel|sie|er|ella|el|zij|hij|hen)\s?/\s?(?:her|him|them|elle|lui|ihr|ihm|ella|el|haar|hem|hun)(?:\s?/\s?\w+)?
     |(?:background|cover|profile)\s(?:image|photo|picture)|photo\sde\s(?:profil|couverture)|profilbild|hintergrundbild|foto\sde\sperfil|profielfoto
     |(?:contact\sinfo|coordonnees|kontaktinfo|informacion\sde\scontacto|contactgegevens|message|messages?|connect|follow|more|suivre|se\sconnecter|plus
        |chat|start\schat|(?:audio\s|video\s)?call|send\s(?:e-?)?mail|appeler|discuter|anrufen|nachricht|vernetzen|folgen|mehr|mensaje|conectar|seguir|mas|bericht|volgen|meer|about|infos?|experience|open\sto\swork|add\sprofile\ssection)
     |(?:plus\sde\s|mas\sde\s)?[\d.,\s\u202f]+\+?\s?(?:k\s)?(?:connections?|relations?|kontakte|contactos|connecties|followers?|follower:innen|abonnes|seguidores|volgers)
     |(?:1st|2nd|3rd|1er|[123]e|[123]\.o?|[123]er)\+?(?:\s(?:degree|niveau)(?:\sconnection)?|\set\s\+|-graads\sconnectie|\sgrad)?
     |\[(?:image|cid|inline\simage|photo|logo)\b[^\]]*\]?
    )\W*""",
    re.VERBOSE,
)
# What a profile says behind an employer: "Linnenwerk · Full-time".
EMPLOYED = re.compile(
    r"\s*[·•|]\s*(?:full-time|part-time|permanent|contract|freelance|internship|self-employed|temps\splein|temps\spartiel|cdi|cdd|stage|alternance"
    r"|vollzeit|teilzeit|festanstellung|praktikum|jornada\scompleta|media\sjornada|contrato\sindefinido|fulltime|parttime|voltijds|deeltijds)\b",
    re.IGNORECASE,
)
SALUTATION = re.compile(
    r"\s*(?:hi|hello|hey|dear|good\s+(?:morning|afternoon|evening)|bonjour|bonsoir|salut|cher|chere|hallo|guten\s+(?:tag|morgen)|liebe[rs]?|sehr\s+geehrte[rs]?|moin|servus|hola|buenos\s+dias|buenas\s+tardes|estimad[oa]s?|querid[oa]|beste|geachte|goedemorgen|goedemiddag|dag)\b[^@\d]{0,60}[,!:]?\s*",
)
SENT_FROM = re.compile(
    r"\s*(?:(?:sent|get\s+outlook)\s+(?:from|for|with|via)|envoye\s+(?:de|depuis|a\s+partir)|obtenez\s+outlook|von\s+meinem\s+.*\sgesendet|gesendet\s+(?:von|mit|aus)|enviado\s+(?:desde|con)|verzonden\s+(?:vanaf|met|van)|verstuurd\s+vanaf|telecharger\s+outlook)\b.*"
)
LEGAL = re.compile(
    r"""(?:
      \b(?:confidential|confidentiality|disclaimer|privileged|intended\s+(?:only\s+|solely\s+)?for|intended\s+recipient|unauthori[sz]ed|registered\s+(?:in|office|number|charity)|(?:charity|vat|registration|licen[cs]e)\s+(?:no|number)|company\s+(?:no|number|registration)|consider\s+the\s+environment|before\s+printing|virus(?:es)?)\b
     |\b(?:confidentiel(?:le)?s?|confidentialite|destinataires?|ce\s+(?:message|courriel|mail)|imprimer\s+ce|pensez\s+a\s+l|environnement\s+avant|n'imprimez|au\s+capital|rcs|r\.c\.s|siret|siren|code\s+(?:ape|naf)|tva\s+intra)\b
     |\b(?:vertraulich\w*|amtsgericht|handelsregister|registergericht|hrb|hra|sitz\s+der\s+gesellschaft|ust-?id\w*|ust\.?-?id\.?-?nr|steuernummer|steuer-nr|diese\s+e-?mail|diese\s+nachricht|empfanger|geschaftsfuhr\w*\s*:|vorsitzender\s+des\s+aufsichtsrats|vorstand\s*:|bitte\s+drucken|denken\s+sie\s+an\s+die\s+umwelt|umwelt\s+zuliebe)\b
     |\b(?:confidencial(?:es|idad)?|este\s+(?:mensaje|correo)|destinatario|proteccion\s+de\s+datos|antes\s+de\s+imprimir|medio\s+ambiente|registro\s+mercantil|inscrita\s+en|lopd|rgpd)\b
     |\b(?:vertrouwelijk\w*|dit\s+(?:bericht|e-?mail\w*)|deze\s+e-?mail|geadresseerde|kamer\s+van\s+koophandel|denk\s+aan\s+het\s+milieu|aan\s+dit\s+bericht)\b
     |\b(?:be\s?0\d{3}[.\s]\d{3}[.\s]\d{3}|che-\d{3}\.\d{3}\.\d{3}|authori[sz]ed\s+(?:and|by)|regulated\s+by|(?:sra|fca|frn|orias|rpps|adeli|finma)\s?(?:n[o°]|no|nr|number)?\b\.?:?\s?\d+|copyright|all\s+rights\s+reserved|tous\s+droits\s+reserves|alle\s+rechte\s+vorbehalten|unsubscribe|opted\s+in|bankverbindung|bank\s+details|sort\s+code|coordonnees\s+bancaires|kontonummer|datos\s+bancarios|account\s+no|inscrit[e]?\s+(?:au|a\s+l)|zugelassen\s+(?:von|durch|in)|aufsichtsbehorde|toezicht|(?:meeting|conference)\s+id|passcode|kenncode|code\s+secret)\b
     |\b[a-z]{2}\d{2}\s?(?:[a-z]{4}|\d{4})(?:\s?\d{2,4}){2,7}\b
     |\b(?:rpr|vat|tva|btw|cif|nif|kvk|iban|bic|swift|bce|duns|ein|p\.?\s?iva|partita\siva|org\.?\s?nr|nip|regon|krs|cvr|ico|dic|uid)\b[\s:.°\w]{0,12}\d
    )""",
    re.VERBOSE,
)
# What a calendar writes behind whoever invites, before what the meeting is called.
INVITED = re.compile(
    r"\s(?:vous\s+invite|invited\s+you|has\s+invited\s+you|(?:lädt|hat)\s+(?:sie|dich|euch)\s+(?:ein|eingeladen)|te\s+ha\s+invitado|te\s+invita|nodigt\s+(?:u|je)\s+uit)\b"
)
# Whoever is away and writes that says who stands in for them.
ABSENT = re.compile(
    r"\b(?:out\s+of\s+(?:the\s+)?office|on\s+(?:annual|maternity|parental|paternity|sick)\s+leave|away\s+from\s+(?:my|the)\s+(?:desk|office)"
    r"|(?:suis|serai|etre)\s+(?:actuellement\s+)?(?:absente?|en\s+conges?)|en\s+mon\s+absence|nicht\s+im\s+(?:buro|haus)|abwesend|in\s+meiner\s+abwesenheit"
    r"|fuera\s+de\s+la\s+oficina|(?:estoy|estare)\s+(?:ausente|de\s+vacaciones)|(?:ben|afwezig)\s+(?:ik\s+)?(?:afwezig|tot)|tijdens\s+mijn\s+afwezigheid)\b"
)
# For whom a letter is.
ADDRESSED = re.compile(
    r"\s*(?:a\s+l'attention\s+d|att(?:n|entie|ention)?\b\.?\s*:|for\s+the\s+attention\s+of|f\.?a\.?o\.?\b|z\.?\s?hd\.?\b|zu\s+handen|a\s+la\s+atencion\s+de|t\.a\.v\.|ter\s+attentie\s+van)"
)
# On whose behalf a mail goes out, and through which list.
DELEGATED = re.compile(
    r"(?:^\s*(?:sent|signed|written|dictated|envoye|ecrit|gesendet|geschrieben|unterzeichnet|enviado|escrito|verzonden|geschreven)\s(?:by|for|on\sbehalf\sof|au\snom\sde|pour\sle\scompte\sde|im\sauftrag\svo[nm]|en\snombre\sde|namens)\s.*)"
    r"|(?<=[\w'\"])\s+via\s[^<>@]{2,60}<[^<>\s]{3,200}>"
)
# Where a message says how its writer is reached: "you can call me on 07700 900123", "mon numéro est le …".
TOLD = re.compile(
    r"\b(?:my\s(?:new\s|direct\s|personal\s)?(?:mobile|cell|phone|number|e-?mail)|(?:reach|call|text|phone|ring|e-?mail)\sme\s(?:at|on)"
    r"|mon\s(?:numero|portable|mobile|telephone|tel|mail|e-?mail|adresse)|joignable\s(?:au|sur|a)|me\sjoindre\s(?:au|sur|a)|m'appeler\sau"
    r"|meine\s(?:nummer|handynummer|mobilnummer|telefonnummer|e-?mail)|erreich(?:en\s(?:sie\s)?mich|st\sdu\smich|bar)\s(?:unter|auf|per)"
    r"|mi\s(?:telefono|movil|numero|celular|correo|e-?mail)|localizarme\sen"
    r"|mijn\s(?:nummer|mobiele\snummer|telefoonnummer|e-?mail\w*)|bereikbaar\s(?:op|via|onder))\b[^\n@\d+(]{0,40}"
    r"(?P<reach>[\w.+-]{1,64}@[\w-]{1,63}(?:\.[a-z]{2,24}){1,3}|[+(]{0,2}\d(?:[ ()./-]{0,3}\d){7,14})"
)
# Who speaks in a sentence.
SPEAKERS = {
    "bin",
    "soy",
    "suis",
    "i",
    "i'm",
    "i've",
    "we",
    "we're",
    "je",
    "j'ai",
    "nous",
    "ich",
    "wir",
    "ik",
    "wij",
    "yo",
    "nosotros",
}
# How people say in a sentence who they are or who somebody is, and as what they work.
INTRODUCTION = re.compile(
    r"""(?<![\w'’])(?:
      (?P<named>my\s+name(?:['’]?s|\s+is)|name['’]s|this\s+is|it['’]?s(?=\s+[A-ZÀ-Þ][\w'’-]+(?:\s+[A-ZÀ-Þ][\w'’-]+){0,3}\s+(?:here|from)\b)
        |je\s+m['’]appelle|moi,?\s+c['’]est|mon\s+nom\s+est|ich\s+hei(?:ß|ss)e|mein\s+name\s+ist|me\s+llamo|mi\s+nombre\s+es
        |mijn\s+naam\s+is|ik\s+heet|mi\s+chiamo)
     |(?P<self>i['’]m|i\s+am|je\s+suis|c['’]est|ich\s+bin|hier\s+(?:ist|schreibt|spricht)|soy|ik\s+ben)
     |(?P<work>i\s+(?:currently\s+)?work\s+as|je\s+travaille\s+(?:actuellement\s+)?comme|(?:ich\s+)?arbeite\s+(?:derzeit\s+|aktuell\s+)?als
        |trabajo\s+(?:actualmente\s+)?(?:como|de)|(?<=,\s)(?:maintenant|aujourd['’]hui|inzwischen|mittlerweile|ahora|actualmente)|ik\s+werk\s+(?:nu\s+|momenteel\s+)?als)
     |(?P<other>(?:she|he)(?:['’]s|\s+is)|elle\s+est|il\s+est|sie\s+ist|er\s+ist|(?:ella|él)\s+es|(?:zij|ze|hij)\s+is)
    )[\s:,]+""",
    re.VERBOSE | re.IGNORECASE,
)
# A line that announces what somebody wrote before.
QUOTE = re.compile(
    r"\s*(?:on\s.{5,120}\swrote\s*:|le\s.{5,120}\sa\s+ecrit\s*:|am\s.{5,120}\sschrieb\b.{0,120}:|el\s.{5,120}\sescribio\s*:"
    r"|op\s.{5,120}\sschreef\b.{0,120}:|-{2,}\s*(?:original message|message d'origine|message transfere"
    r"|forwarded message|ursprungliche nachricht"
    r"|weitergeleitete nachricht|mensaje original|oorspronkelijk bericht|doorgestuurd bericht)"
    r"\s*-{2,})\s*"
)
# Words by which a signature gives its language away, where a country is nowhere said.
SPOKEN_IN = {
    "DE": re.compile(
        r"\b(?:grusse?n?|mfg|gez|vorsitzende[rn]?|vorstand|lg|vg|\w{5,}erin|hallo|anbei|meine?|lebenslauf|frau|herrn?|mobil|telefon|fon|durchwahl|zentrale|handy|geschaftsfuhrer\w*|\w*strasse|\w+str|inh|gmbh|mbb|vertrieb\w*"
        r"|einkauf|\w*leiter(?:in)?|firma|vorname|nachname|kenntnisse|ort|abteilung|und|fur|(?!samsung)\w{3,}(?:ung|schaft|gemeinde|platz|weg|gasse|haus)|evangelische?|katholische?|stadt\w*"
        r"|(?<!van )(?<!von )der|das|mit|sie|wir|bitte|danke)\b"
    ),
    "ES": re.compile(
        r"\b(?:saludos?|movil|telefono|tfno|telf|atentamente|atte|calle|directora?|avda|s\.?l\.?u?|empresa|jef[ea]|gerente"
        r"|consultora?|abogad[oa]|universidad|facultad|ayuntamiento|catedratic[oa]|\w{3,}cion(?:es)?|\w{3,}[aeio]dad(?:es)?|nombre|apellidos|correo|dna|particular|trabajo|hola|gracias|contacto|una|que|del|y)\b"
    ),
    "NL": re.compile(
        r"\b(?:groet(?:en|jes)?|mobiel|telefoon|doorkiesnummer|rechtstreeks|b\.?v\.?|\w*straat|werk|bedrijf|afdeling|hoofd"
        r"|\w+leider|\w*medewerker|\w*adviseur|\w*coach|logistiek|gemeente|voornaam|achternaam|bij|verkoper|binnendienst"
        r"|aanwezig|werkdagen|verstuurd|verzonden|vanaf|mijn|mevr(?:ouw)?|dhr|contactpersoon|\w*ij\w*|hoi|dag|schreef|dat|goed|\w*techniek|\w*monteur|\w*bedrijf|het|een|voor|niet|graag|zijn)\b"
    ),
    "FR": re.compile(
        r"\b(?:cordialement|cdlt|portable|rue|avenue|boulevard|sas|sarl|directeur|directrice|responsable|charge[e]?|chez|societe"
        r"|entreprise|prenom|poste|ingenieure?|developpeu(?:r|se)|perso|et|le|les|des|du|une|pour|avec|merci|bonjour)\b"
    ),
    "GB": re.compile(
        r"\b(?:regards|thanks|cheers|sincerely|dear|mobile|mob|phone|office|direct|the|and|for|with|of|at|head|manager|engineer"
        r"|officer|sales|senior|street|road|house|limited|ltd|plc|llp|please|company|name|title|lead|owner|our|your|is|my)\b"
    ),
}
