import type { ErrorKind } from './errorKinds';

/**
 * What panels write when something fails, as patterns over `plainWords`. Panels send nothing machine readable, so the
 * words are all there is; they come from the seed and the dialects it stands among.
 *
 * - `sure`: phrases that mean this kind and nothing else.
 * - `vague`: words so common that an HTTP status, where a panel uses them, says more ("Service unavailable" at 503 is
 *   not about a service).
 * - `decisive`: phrases that count before those of all kinds: a panel that broke down refused nothing, whatever else it
 *   says ("Server error: order not found").
 *
 * No pattern may hold two unbounded repetitions next to each other: foreign words must not cost time.
 */
interface Phrases {
	sure?: RegExp;
	vague?: RegExp;
	decisive?: RegExp;
}

/** In the order in which they are looked for. */
export const failurePhrases: Partial<Record<ErrorKind, Phrases>> = {
	rateLimit: { sure: /rate limit|too many requests|throttl|requests? limit (exceeded|reached)/ },
	key: {
		sure: /\bapi[ -]?key|(incorrect|invalid|wrong|missing) (key|token)\b|api is disable for|unauthori[sz]ed/,
	},
	account: {
		sure: /\b(account|user|you|access)\b.{0,60}suspend|^suspended|^(access )?(forbidden|denied)\b|\bapi (access )?(is )?(disabled|denied|not allowed)|\b(account|user|you) (cannot|can't|may not|is not allowed to|are not allowed to) (place|create)|account (is |has been |was )?(currently )?(restricted|blocked|banned|disabled|inactive|deactivated|not active|locked)/,
	},
	funds: {
		sure: /not enough (funds|balance|money|credits?)|enough (funds|balance)|insufficient (\w+ )?(funds?|balance|credits?|money)|(funds?|balance|credits?) (is |are )?(insufficient|not enough|not sufficient|too low)|low balance|saldo (insuficiente|insufficiente|anda tidak|tidak (cukup|mencukupi)|kurang)|(fondos|fundos|créditos?|credito) insuf|yetersiz bakiye|bakiye(niz)? yetersiz|недостаточно (средств|денег|баланса)|số dư không đủ|không đủ (số dư|tiền)|solde insuffisant|fonds insuffisants|guthaben (reicht nicht|ist nicht ausreichend|nicht ausreichend)|nicht (genügend|genug) guthaben|رصيد(ك)? غير كاف|الرصيد غير كاف|अपर्याप्त (शेष|बैलेंस|राशि)|余额不足/,
	},
	duplicateLink: {
		sure: /(active|open|running|pending|existing) order.{0,60}\blink|same link|order(ed)?\b.{0,60}\bfor this link|identical order|order more than \d+ per link|link duplicate|duplicated? (link|url)|link (is )?already (in|being|used|ordered)|already (have |has )?(an? )?(active|open|running|pending) order|(orden|pedido) (activ[ao]|ativo).{0,40}(enlace|link)|bu link.{0,40}sipariş|активный заказ/,
	},
	refillId: {
		sure: /refill( request)? (was )?not found|(incorrect|invalid|wrong) refill( id)?/,
	},
	orderId: { sure: /(incorrect|invalid|wrong) order|order( id)? (was )?not found/ },
	unsupportedAction: {
		sure: /(incorrect|invalid|unknown|unsupported) action|action is invalid|incorrect request/,
	},
	panelFault: {
		decisive: /\b(server|internal|database) error\b|sqlstate/,
		sure: /(server|internal|unexpected|database|unknown|system|network|connection|curl|fatal|parse) error|error (while|when|during|creating|placing|occurred|processing your (request|order))|exception\b|\buncaught\b|status code 5\d\d|gone away|hang up|econnreset|went wrong|timed?[ -]?out|took too long|provider not found|\bprovider\b.{0,40}(respond|answer|error|fail|unavailable)|did ?n[o'’]t respond|(does|did) not (respond|answer)|no response from|maintenance|gateway|try again later|deadlock|lock wait|undefined (index|variable|array key|offset|property)|stack trace|duplicate entry|(could not|cannot|can't|unable to|failed to) (create|process|save|submit|place) (the |your |this |an? )?(order|request)|order could not be|could not be (created|placed|processed|saved)|transaction (failed|aborted)|access array offset|call to (a member|undefined) function|cannot read propert|unexpected (token|end of)|prisma|constraint|is not a function|null pointer|max(imum)? execution time|memory size of|service temporarily down/,
	},
	refillRefused: {
		vague:
			/refill|order (is|was) (not )?completed|^invalid request$|already an? (open|active|pending) request for this order/,
	},
	cancelRefused: { vague: /cancel/ },
	service: {
		sure: /(incorrect|invalid|wrong|unknown|disabled|inactive) service|service( id)?( \S{1,20})? (was |is |has been )?(not found|not available|not active|not exist|disabled|inactive|unavailable|suspended|closed)|service( id)? does ?n[o'’]t exist|service( id)? does not exists?|service temporarily (disabled|unavailable)|service provider not configured/,
		vague: /service/,
	},
	quantity: {
		sure: /quantity (field )?(is |was )?(not |too )?(less|more|lower|higher|must|should|has to|out of|below|above|small|big|large|required|invalid|incorrect|exceed)|(incorrect|invalid|wrong) quantity|(min(imum|imal)?|max(imum|imal)?) (quantity|amount|order)|(below|above|less than|more than) (the )?(min|max)imum|quantity.{0,40}(between|multiple of|minim|maxim)/,
		vague: /quantity|minim(al|um)|maxim(al|um)/,
	},
	link: {
		sure: /(bad|incorrect|invalid|wrong|missing|private|broken) (link|url)|\b(link|url) (is |was )?(not (valid|supported|allowed|public|found)|required|invalid|incorrect|private|missing|empty|bad)|\b(link|url)\b.{0,40}not valid|(link|url) format|paste a link|\berror link\b/,
		vague: /link|url/,
	},
	fields: {
		sure: /missing (required )?(parameter|field)|required (parameter|field)|(field|parameter)s? (is|are) (required|missing|empty)|fill in the required|incorrect parameters|(comments?|usernames?|hashtags?|keywords?|groups?|answer number|media|country|device) (field )?(is|are) (required|missing|empty|invalid)|(incorrect|invalid) (runs|interval|comments?|usernames?|delay|posts)|(runs|interval)( time)? (is|are) required|support drip ?-?feed|drip ?-?feed is not|\bare required\b|field required|neither parameter|runs must|\berror comments?\b|order ids? (is |are )?required|start at is in the past/,
		vague: /missing|incorrect parameters|drip|interval|runs (is|are) required/,
	},
};

/**
 * Words of an answer to `add` that speak of an order which is there already: this request, or an earlier one, may have
 * placed it. A refusal for the sake of a link with a running order is not among them (see `duplicateLink`).
 */
export const orderMayExist =
	/duplicated? (request|order|transaction|submission)|request ?id.{0,40}(already|exists|used)|already (been )?(processed|submitted|placed|received|created|handled|exists?|in progress)|\b(is|being|currently) (being )?process(ed|ing)|order (was |has been |is )?(already |successfully )?(placed|created|accepted|received|submitted|queued)|waiting for (the )?provider|request (is )?(in progress|pending)|\bin (the )?queue\b|já (foi )?processad|sendo processad|ya (fue |ha sido )?procesad|siendo procesad|pedido duplicado|déjà (été )?trait|en cours de traitement|bereits verarbeitet|wird (gerade )?verarbeitet|già (stato )?elaborat|in elaborazione|zaten işlen|işleniyor|уже (был )?обработан|обрабатывается|sedang diproses|sudah diproses|đang xử lý|đã được xử lý|y hệt|قيد المعالجة|تمت معالجة|पहले ही|处理中|已存在|重复(的)?(请求|订单)/;

/** A breakdown in other languages than English; see `panelFault`. */
export const brokeDown =
	/erro (ao|durante|interno|no servidor|inesperado)|tempo (esgotado|limite)|não respondeu|tente novamente|error (al|interno|del servidor|inesperado)|tiempo de espera|no respondi|int[eé]nt[ae]lo|intente (de nuevo|nuevamente|más tarde)|erreur (est survenue|s'est produite|lors|interne|serveur|du serveur|inattendue)|n'a pas répondu|ne répond pas|réessaye|fehler (beim|bei|ist aufgetreten|aufgetreten)|(interner|server-?) ?fehler|antwortet nicht|nicht geantwortet|zeitüberschreitung|erneut versuchen|errore (durante|interno|nella|del server)|non ha risposto|riprova|hata oluştu|bir hata|bilinmeyen hata|sunucu hatası|zaman aşımı|tekrar deneyin|yanıt vermedi|ошибка (при|сервера|базы)|внутренняя ошибка|(произошла|неизвестная) ошибка|попробуйте (позже|снова|ещё|еще)|таймаут|превышено время|не (ответил|отвечает)|помилка (при|сервера)|wystąpił błąd|błąd (serwera|podczas)|terjadi kesalahan|kesalahan (saat|ketika|server|sistem)|gagal (membuat|memproses)|coba lagi|tidak merespon|waktu habis|đã xảy ra lỗi|không được tạo|lỗi (khi|hệ thống|máy chủ)|thử lại|không phản hồi|hết thời gian|حدث خطأ|خطأ (في|أثناء|داخلي)|حاول (مرة أخرى|لاحق)|انتهت المهلة|त्रुटि|पुनः प्रयास|समय समाप्त|(系统|服务器|内部)错误|出错|超时|稍后/;

/** More than any panel has to say; what comes after it does not change its meaning. */
const longestMessage = 2000;

/**
 * Words as the patterns expect them: in lower case, and codes as sentences ("neworder.error.not_enough_funds" is "neworder
 * error not enough funds").
 */
export function plainWords(words: string): string {
	return words
		.slice(0, longestMessage)
		.toLowerCase()
		.replace(/(?<=\p{L})[._-](?=\p{L})/gu, ' ')
		.replace(/\s+/g, ' ')
		.trim();
}
