"""The words by which mail programs introduce a quotation, language by language: facts of the trade, gathered "
"in one place."""

# A verb of writing, as it stands in "On … Kim wrote:"; those that also end other sentences need a date beside them.
WROTE = (
    "wrote", "writes", "a écrit", "a ecrit", "écrit", "schrieb", "hat geschrieben", "escribió", "escribio",
    "escreveu", "ha scritto", "scrive", "schreef", "skrev", "kirjoitti", "napisał", "napisała", "napisał(a)",
    "pisze", "napsal", "napsala", "napsal(a)", "napísal", "napísala", "napísal(a)", "je napisal", "je napisala",
    "je napisao", "napisao je", "napisala je", "написал", "написала", "написал(а)", "написал(a)", "пишет",
    "написав", "написала", "пише", "написа", "yazdı", "şunu yazdı", "şunları yazdı", "írta", "ezt írta",
    "a scris", "έγραψε", "kirjutas", "rašė", "parašė", "rakstīja", "đã viết", "menulis", "telah menulis",
    "เขียนว่า", "เขียน", "كتب", "كتبت", "כתב", "כתבה", "כתב/ה", "va escriure", "님이 작성", "님이 작성했습니다",
    "님이 다음을 작성", "작성", "작성했습니다", "씀", "님의 말", "写道", "寫道", "写了", "写到", "のメール",
    "が書きました", "さんが書きました", "さんは書きました", "書きました", "さんのメール", "wrote this",
)  # fmt: skip

FROM = (
    "From", "Von", "De", "Da", "Van", "Från", "Fra", "Lähettäjä", "Od", "Od:", "От", "От кого", "Від", "Kimden",
    "Gönderen", "보낸 사람", "보낸사람", "보내는 사람", "발신", "발신인", "发件人", "寄件者", "寄件人", "差出人",
    "送信者", "送信元", "Expéditeur", "Remitente", "Mittente", "Afzender", "Avsändare", "Afsender", "Avsender",
    "Feladó", "Expeditor", "Από", "Saatja", "Từ", "Người gửi", "Dari", "จาก", "من", "מאת", "Odosielateľ",
    "Odesílatel", "Nadawca", "Отправитель", "Absender",
)  # fmt: skip
SENT = (
    "Sent", "Date", "Message du", "Gesendet", "Datum", "Envoyé", "Envoyé le", "Date d'envoi", "Enviado",
    "Enviado el", "Enviado em", "Enviada em", "Enviada", "Fecha", "Data", "Inviato", "Verzonden", "Skickat",
    "Sendt", "Dato", "Lähetetty", "Päivämäärä", "Päiväys", "Wysłano", "Wysłane", "Odesláno", "Отправлено", "Дата",
    "Надіслано", "Gönderildi", "Gönderme Tarihi", "Tarih", "보낸 날짜", "보낸날짜", "보낸 시간", "날짜", "날 짜",
    "일시", "발신일", "发送时间", "发送日期", "日期", "时间", "寄件日期", "傳送時間", "传送时间", "傳送日期",
    "送信日時", "日時", "日付", "送信日", "Küldve", "Trimis", "Dátum", "Στάλθηκε", "Ημερομηνία", "Ngày", "Đã gửi",
    "Dikirim", "Tanggal", "ส่ง", "วันที่", "تاريخ", "التاريخ", "נשלח", "תאריך",
)  # fmt: skip
TO = (
    "To", "An", "À", "A", "Para", "Till", "Til", "Aan", "Do", "Komu", "Кому", "Kime", "Alıcı", "받는 사람",
    "받는사람", "수신", "수신인", "收件人", "收件者", "宛先", "送信先", "Vastaanottaja", "Címzett", "Către",
    "Προς", "Đến", "Kepada", "ถึง", "إلى", "אל", "Destinataire", "Destinatario", "Destinatário", "Empfänger",
    "Ontvanger", "Mottagare",
)  # fmt: skip
COPY = (
    "Cc", "CC", "Kopie", "Copie", "Copia", "Kopia", "Kopi", "Kopio", "Копия", "Копія", "Bilgi", "참조", "抄送",
    "副本", "Másolat", "Κοιν", "Bcc", "Reply-To", "Responder a", "답장 받는 사람", "회신주소", "回复", "返信先",
    "Importance", "Priority",
)  # fmt: skip
SUBJECT = (
    "Subject", "Betreff", "Objet", "Sujet", "Asunto", "Assunto", "Oggetto", "Onderwerp", "Ämne", "Emne", "Aihe",
    "Temat", "Předmět", "Predmet", "Тема", "Konu", "제목", "제 목", "主题", "主題", "主旨", "标题", "件名",
    "Tárgy", "Subiect", "Θέμα", "Chủ đề", "Subjek", "Perihal", "เรื่อง", "الموضوع", "נושא",
)  # fmt: skip

ORIGINAL = (
    "original message", "original mail", "original email", "original e-mail", "originalnachricht",
    "ursprüngliche nachricht", "ursprüngliche mail", "original-nachricht", "message d'origine",
    "message d’origine", "message original", "message initial", "mensaje original", "mensagem original",
    "messaggio originale", "messaggio inoltrato", "oorspronkelijk bericht", "origineel bericht",
    "ursprungligt meddelande", "originalmeddelande", "oprindelig meddelelse", "oprindelig besked",
    "oprindelig mail", "opprinnelig melding", "original meddelelse", "alkuperäinen viesti",
    "wiadomość oryginalna", "oryginalna wiadomość", "původní zpráva", "původní e-mail", "пôvodná správa",
    "pôvodná správa", "исходное сообщение", "оригинальное сообщение", "пересылаемое сообщение",
    "переадресованное сообщение", "початкове повідомлення", "orijinal mesaj", "özgün ileti", "orijinal ileti",
    "eredeti üzenet", "mesaj original", "αρχικό μήνυμα", "원본 메시지", "원본메시지", "원본 메일", "원본메일",
    "원본 이메일", "이전 메일", "전달된 메시지", "전달된 메일", "전달 메시지", "原始邮件", "原始郵件", "原邮件",
    "邮件原件", "回复的原邮件", "转发邮件信息", "转发的邮件", "转发邮件", "轉寄郵件", "轉寄的郵件", "已转发邮件",
    "元のメッセージ", "元のメール", "転送メッセージ", "転送されたメッセージ", "転送メール",
    "オリジナルメッセージ", "forwarded message", "forwarded mail", "replied message", "weitergeleitete nachricht",
    "message transféré", "message transmis", "mensaje reenviado", "mensagem encaminhada",
    "mensagem reencaminhada", "doorgestuurd bericht", "vidarebefordrat meddelande", "videresendt meddelelse",
    "videresendt melding", "edelleenlähetetty viesti", "przekazana wiadomość", "wiadomość przekazana dalej",
    "přeposlaná zpráva", "iletilen mesaj", "tin nhắn gốc", "thư gốc", "pesan asli", "pesan terusan",
    "الرسالة الأصلية", "ההודעה המקורית", "הודעה שהועברה", "reply message", "reply above this line",
    "original appointment", "답장 원본",
)  # fmt: skip
BEGIN = (
    "begin forwarded message", "start of forwarded message", "début du message transféré",
    "début du message réexpédié", "anfang der weitergeleiteten nachricht", "anfang der weitergeleiteten e-mail",
    "inicio del mensaje reenviado", "início da mensagem reencaminhada", "início da mensagem encaminhada",
    "inizio messaggio inoltrato", "begin doorgestuurd bericht", "vidarebefordrat brev", "videresendt besked",
    "start på videresendt melding", "välitetty viesti alkaa", "początek przekazywanej wiadomości",
    "začátek přeposílané zprávy", "начало переадресованного сообщения", "iletilen ileti başlangıcı",
    "전달된 메시지 시작", "开始转发的邮件", "下面是被转发的邮件", "開始轉寄郵件", "下面是被轉寄的郵件",
    "転送されたメッセージ", "開始轉寄訊息",
)  # fmt: skip

# What telephones and programs add under a text. `{}` of the owner's own words is left alone.
DEVICE = (
    r"sent from (?:my |a )?(?:iphone|ipad|ipod|android|blackberry|samsung|galaxy|huawei|nokia|htc"
    r"|pixel|mobile|phone|windows|mail for|outlook|yahoo|aol|gmail|proton|mailspring|airmail|spark"
    r"|zoho|nine|bluemail|tablet|smartphone|verizon|at&t|t-mobile|xiaomi|oneplus|sony|lg|motorola"
    r"|the all[- ]new aol|front|front mobile|superhuman|fastmail)\b.{0,80}",
    r"sent (?:with|via|using|by) (?:proton ?mail|the |my |a |aol|yahoo|gmail|outlook|spark|mailspring"
    r"|mutt|zoho|superhuman|shortwave|airmail|k-9|tutanota|blackberry|rogers|vodafone|att|samsung|hey"
    r"|front|mobile|iphone|android).{0,80}",
    r"(?-i:Sent from my [A-Z][\w+&' -]{1,40})",
    r"sent from [^<>]{1,40}<https?://[^<>]{1,200}>",
    r"get outlook for (?:ios|android|mac).{0,60}",
    r"get (?:the )?(?:yahoo mail|bluemail|aol).{0,60}",
    r"(?:download|try) (?:yahoo mail|outlook|the .{0,20}app).{0,60}",
    r"von meinem .{1,60} gesendet\.?",
    r"gesendet (?:von|mit|über|aus) .{1,80}",
    r"diese nachricht wurde von .{1,80} gesendet\.?",
    r"outlook für (?:ios|android) (?:beziehen|holen|herunterladen).{0,60}",
    r"holen sie sich outlook.{0,60}",
    r"envoyé (?:de|depuis|à partir|avec|via) .{1,80}",
    r"télécharg(?:er|ez) outlook.{0,60}",
    r"obtenez outlook.{0,60}",
    r"enviado (?:desde|con|a través de|do|da|a partir|pelo|de|via) .{1,80}",
    r"obtener outlook para .{1,60}",
    r"obter o outlook .{1,60}",
    r"obtenha o outlook .{1,60}",
    r"inviato (?:da|dal|dallo|con|tramite) .{1,80}",
    r"scarica outlook.{0,60}",
    r"ottieni outlook.{0,60}",
    r"(?:verzonden|verstuurd|gestuurd) (?:vanaf|vanuit|met|via|door|van) .{1,80}",
    r"outlook voor (?:ios|android) downloaden.{0,60}",
    r"skickat från .{1,80}",
    r"hämta outlook.{0,60}",
    r"skaffa outlook.{0,60}",
    r"sendt fra .{1,80}",
    r"sendt (?:med|via) .{1,80}",
    r"hent outlook.{0,60}",
    r"få outlook.{0,60}",
    r"lähetetty .{1,60}(?:sta|stä|lta|ltä)\.?",
    r"hanki outlook.{0,60}",
    r"wysłan[eoy] (?:z|za pomocą|przez) .{1,80}",
    r"pobierz (?:aplikację )?outlook.{0,60}",
    r"odesláno z .{1,80}",
    r"posláno z .{1,80}",
    r"odoslané z .{1,80}",
    r"stáhnout outlook.{0,60}",
    r"získat outlook.{0,60}",
    r"отправлено (?:с|из|через) .{1,80}",
    r"получить outlook.{0,60}",
    r"скачать outlook.{0,60}",
    r"надіслано (?:з|із) .{1,80}",
    r"отримати outlook.{0,60}",
    r".{1,60}(?:['’]?(?:dan|den|ten|tan|umdan|imden|ımdan)) gönderildi\.?",
    r"(?:android|ios) için outlook.{0,60}",
    r"(?:나의|내|저의)? ?.{1,40}에서 (?:보냄|보낸 메일|보낸 메시지|전송됨|발송됨|보냈습니다"
    r"|보내드립니다)\.?",
    r".{1,40}(?:으)?로 보낸 (?:메일|이메일)(?:입니다)?\.?",
    r"(?:android|ios)용 outlook.{0,40}",
    r".{0,20}outlook.{0,20}(?:다운로드|받기|가져오기).{0,20}",
    r"windows(?: 10)?용 메일에서 보냄",
    r"네이버 메일 ?앱?에서 보냄.{0,20}",
    r"(?:发自|發自|发送自|來自|来自|寄自).{1,40}",
    r"(?:从|從|用|由)(?:我的)? ?.{1,40}(?:发送|發送|寄出|传送|傳送|发出)\.?",
    r"(?:获取|下载|取得|下載) ?(?:适用于 .{1,12} 的 )?outlook.{0,40}",
    r".{1,30}(?:网易邮箱|qq邮箱|网易灵犀).{0,20}(?:发送|发出|客户端|大师)?.{0,10}",
    r".{1,40}から送信(?:されました|しました)?。?",
    r"outlook for .{1,10} ?を(?:入手|ダウンロード).{0,20}",
    r"(?:được )?gửi từ .{1,60}",
    r"dikirim dari .{1,60}",
    r"(?:أرسلت|أُرسلت|تم الإرسال|مرسل) من .{1,60}",
    r"נשלח מ.{1,60}",
    r"στάλθηκε από .{1,60}",
    r"trimis (?:de pe|din|prin) .{1,60}",
    r"elküldve a következőből.{0,60}",
    r"küldve .{1,40}",
)  # fmt: skip
