"""Chinese: what is a promise, what only looks like one."""

# ruff: noqa: E501 - a pattern that is cut into pieces is read by nobody.

import re

from sonnim.plan.promises.detection.found import Act, Candidate, Pack, Veto
from sonnim.plan.promises.detection.packs.zh_times import times

_US = (
    r"(?:我们|咱们|我司|我方|我店|本店|小店|我这边|我这|这边|我|俺|小编|小妹|客服|在线客服|同事|专员|专人|工作人员|技术人员|工程师|主管|店长|经理|财务"
    r"|仓库|售后|负责人|相关部门|相关人员|小二|小[\w一-鿿]{1,2}|[一-鿿]妮儿)"
)
_WILL = (
    r"(?:将会|会|将|马上|立马|立刻|立即|稍后|稍晚|待会儿?|等会儿?|一会儿?|等下|这就|现在就|尽快|尽早|第一时间|及时|随后|晚点儿?|晚些时候|回头|过后|之后|届时"
    r"|一定|保证|去|来|先|再|今天|今日|今晚|明天|明早|明日|后天|下午|上午|晚上|中午|周[一二三四五六日天]|前|内|后|以内|之内|之前)"
)
_TO = r"(?:给|为|帮|替|向|与|跟|和|同|把|将)"
_YOU = r"(?:您|你|亲|顾客|客户|用户|其)"
_ACTS: tuple[tuple[Act, str], ...] = (
    ("call", rf"(?:打|回)(?:一?个|通)?电话(?!号)|回电|去电|致电(?!话)|来电(?!号)|回拨|电话(?:联系|回复|通知|告知|回访|沟通|答复)|电话方式|通电话|拨打{_YOU}"),
    ("mail", r"(?:发|回|写|寄)(?:送|一?封|个|一?份)*(?:电子)?邮件|(?:发|发送)到?(?:您|你)?的?邮箱|邮件(?:回复|通知|联系|告知|发)|邮箱(?:发|回复)"),
    ("message", r"(?:发|回)(?:送|一?条|个)*(?:短信|微信|私信|消息|信息)|(?:短信|私信|微信|旺旺|站内信)(?:通知|告知|回复|联系|发)"),
    ("answer", rf"回复|答复|回覆|回音|回话|回您|回你|通知|告知|告诉|联系|联络|同步|跟{_YOU}说|反馈(?:给)?{_YOU}|{_YOU}反馈|给{_YOU}(?:[一-鿿]{{0,8}})(?:结果|说法|消息|交代|进展|反馈)|更新进展"),
    ("refund", r"退款|退还|打款|返还|退给|退回(?:给)?(?:您|你)|赔付|补偿|赔偿|返现|转账|到账"),
    ("ship", r"发货|寄出|寄给|补发|补寄|重新寄|重寄|发出|换新|重发|发快递|安排发|寄(?:一|去|过去|到|走)|出库"),
    ("send", r"发给|发您|发你|传给|发送|发过去|发一份|发(?:个|张|份)|推送?给|(?:给|为)(?:您|你)发(?![货出快邮短微消信])"),
    ("check", r"查询|查看|查一|查下|查查|查清|核实|核查|核对|确认|问一|问问|问下|询问|咨询|了解|看一下|看下|看看|检查|检测|调查|测试|排查|审核|落实"),
    ("do", r"处理|安排|办理|取消|修改|更换|登记|申请|提交|解决|预留|备注|开具|开发票|开票|转告|转达|转交|上报|升级|跟进|催|改(?![善进良])|更新|记录|协调|反馈|反映|换货|换一|调换|留着|预约|补上|补开|跟踪|汇报|转接|传达|关闭|开通|恢复|提醒|延长|维修|检修|修好|转工程师|转专员|转售后"),
)  # fmt: skip
_VERBS = "|".join(f"(?P<{act}>{words})" for act, words in _ACTS)
_NEAR = r"[^,，。；;!！?？、]"
# Whose and when, then within a clause the verb.
_PROMISED = (
    re.compile(rf"(?:{_US}\s?{_NEAR}{{0,4}}?)?{_WILL}{_NEAR}{{0,22}}?(?:{_VERBS})"),
    re.compile(rf"{_US}(?:们)?{_NEAR}{{0,3}}?{_TO}{_YOU}{_NEAR}{{0,12}}?(?:{_VERBS})"),
)
_MORE = re.compile(rf"{_NEAR}{{0,16}}?(?:{_VERBS})")
_NEXT = re.compile(rf"[,，、]{_NEAR}{{0,14}}?(?:{_VERBS})")
# A verb that has no shopper beside it and no us before it is anybody's: "手机会自动重启", "先将缓存删除".
_OURS = re.compile(
    rf"{_US}|{_TO}{_YOU}|(?:发|寄|回|退|通知|告知|告诉|联系|回复|答复|反馈)(?:给)?{_YOU}|反馈(?:给|至|到)|转达|转交|上报|提交(?:给|至)|安排(?:专人|人员|工作人员|同事)"
)
_SURELY = re.compile(r"马上|立马|立刻|立即|稍后|这就|尽快|第一时间|一定|保证|现在就|晚点|待会|一会")
_BLANK = re.compile(r"(?<=[一-鿿])\s(?=[一-鿿])")
_MOST = 12


def candidates(sentence: str) -> list[Candidate]:
    """What may be promised in a sentence."""
    # On the web a blank stands where a comma would.
    sentence = _BLANK.sub("，", sentence)
    found: list[Candidate] = []
    place = 0
    while len(found) < _MOST and (match := _first(sentence, place)):
        found.append(_candidate(match, sentence))
        place = match.end()
        # "核实后回复您": the second verb has the first one's subject.
        while len(found) < _MOST and (more := _MORE.match(sentence, place) or _NEXT.match(sentence, place)):
            start = match.start() if more.re is _MORE else place + 1
            found.append(Candidate(start, more.end(), more.lastgroup, found[-1].needs_time))  # type: ignore[arg-type]
            place = more.end()
    return found


def _first(sentence: str, place: int) -> re.Match[str] | None:
    matches = [match for pattern in _PROMISED if (match := pattern.search(sentence, place))]
    return min(matches, key=lambda match: match.start(), default=None)


def _candidate(match: re.Match[str], sentence: str) -> Candidate:
    act: Act = match.lastgroup  # type: ignore[assignment]
    tail = sentence[match.start() : match.end() + 4]
    ours = _OURS.search(tail) is not None
    return Candidate(match.start(), match.end(), act, needs_time=not (ours or _SURELY.search(tail)))


def _veto(because: str, where: str, pattern: str) -> Veto:
    return Veto(because, where, re.compile(pattern))  # type: ignore[arg-type]


_ASKED = r"(?:提供|说一下|说下|发|告知|告诉|留下|留|拍|私信|填写|回复|确认|说明|描述|选择|下单|付款|申请|提交|登录|致电|拨打|寄回|退回|收到|上传|补充|查看|关注|点击|联系|补拍|登记|发送|同意)"
_VETOES = (
    _veto("question", "sentence", r"(?:吗|么|呢|好不好|行不行|可以不|要不要|是否|能否|可否|是不是)\s*[?？~～ ]*$|(?:吗|么|呢)[?？]"),
    _veto("negation", "words", r"不会|不能|不可|无法|不再|没有|没法|未能|难以|不用|别|不需|不便|无需|并未|暂不|不予|不给|从不"),
    _veto("negation", "before", r"(?:不会|不能|无法|没有|不再|暂时?不|没法|难以)[^，,]{0,6}$"),
    _veto("past", "after", r"^到(?!时)|^(?:[给到好完过]{0,2}(?:您|你)?)?(?:了(?!解)|过)"),
    _veto("past", "words", r"已经?|曾|刚才|刚刚|昨天|之前(?:已|有)|正在|了$|过了"),
    _veto("past", "before", r"(?:已经?|曾|刚才|刚刚|昨天|正在)[^，,]{0,8}$"),
    _veto("waits for the shopper", "ahead",
          r"(?:如果?|若|要是|假如|倘若|假设|万一)\s?(?:您|你|亲|需要?|有需|方便|仍|还|仍然|依然|依旧|后续|确实|后期|不|问题|出现|在|之后|已|都|可以)|(?:需要|方便|可以|同意|愿意|有需要|不介意)的话|有(?:任何)?(?:需要|问题|疑问)(?:[一-鿿]{0,8})(?:随时|可以?)|如(?:有|仍|需|还)"),
    _veto("waits for the shopper", "ahead",
          rf"(?:请|麻烦|烦请|劳烦|辛苦|方便|可以?|先|需要?|只要|等|待)(?:您|你|亲)?[^。!！?？;；]{{0,30}}?{_ASKED}"),
    _veto("waits for the shopper", "ahead", rf"(?:您|你|亲)[^，,。的]{{0,8}}?{_ASKED}[^，,。的]{{0,10}}(?:[后前]|的话|以后|之后|好了|给我|一下|$)"),
    _veto("waits for the shopper", "ahead", r"(?:收到|等|待)(?:您|你)?[^，,。]{0,14}(?:寄回|退回|退货|回复|反馈|确认)[^，,。]{0,8}[后,，]"),
    _veto("waits for the shopper", "words", r"(?<!尽)可以?(?:为|帮|给|替)|收到(?:您|你|手机|商品|货|退)|需要(?:您|你)|才(?!能干)"),
    _veto("past", "ahead", r"已经?有[^。]*$|多次"),
    _veto("past", "words", r"多次"),
    _veto("a habit, not a promise", "words", r"下单后|拍下后|付款后"),
    _veto("what the shopper shall do", "before", r"(?:可|请)$"),
    _veto("waits for the shopper", "ahead", r"(?:^|[,，])如(?![下上实期约此何])|能否|可否|是否方便"),
    _veto("waits for the shopper", "ahead", r"如果[^，,]{0,20}(?:的话|能|可以)|(?:您|你|亲)(?:将|把)[^，,。]{0,20}(?:给我|给俺|告诉|私信|提供)"),
    _veto("waits for the shopper", "before", r"为(?:了|能|使|让)?(?:更)?$"),
    _veto("what the shopper shall do", "ahead", r"建议(?:您|你|亲)"),
    _veto("waits for the shopper", "ahead", r"以便|方便我们|好让|便于|才能|才可以|为了|这样"),
    _veto("waits for the shopper", "ahead", rf"^{_NEAR}{{0,6}}(?:私信|提供|告知|留下|加){_NEAR}{{2,30}}[,，]"),
    _veto("waits for the shopper", "last", rf"(?:请|麻烦|烦请|劳烦|辛苦|方便|可以|您可|建议)(?:您|你|亲)?[^。]{{0,60}}?{_ASKED}"),
    _veto("what the shopper shall do", "before", r"(?:请|麻烦|建议|烦请|劳烦|欢迎|敬请|需要|务必|记得)(?:您|你|亲)?[^，,]{0,10}$"),
    _veto("what the shopper shall do", "words", r"^(?:先|再|去|来|及时|尽快|马上|立即)?[^，,]{0,4}(?:请|麻烦|建议(?:您|你|亲)|敬请|烦请|欢迎)"),
    _veto("what the shopper shall do", "before", r"(?:您|你|亲)(?:也|都|还|就|这边|那边)?(?:可以?|需要?|先|要|能|自己|自行|得|应该|最好|随时|直接|若|再|在|去)[^，,]{0,10}$"),
    _veto("what the shopper shall do", "words", r"(?:您|你|亲)(?:也|都|还|就)?(?:可以?|需要|先|自己|自行|得|应该|最好|随时|直接|若)"),
    _veto("what the shopper shall do", "after", r"^(?:我们|我|小编|客服)(?:哦|哈|呢|就|的|即)?"),
    _veto("somebody else's", "before",
          r"(?:快递|物流|顺丰|圆通|中通|韵达|申通|邮政|快递员|快递小哥|派送员|派件员|骑手|司机|菜鸟|银行|平台|系统|支付宝|厂家|商家|运营商|酒店|航空公司|对方|他们|游戏)(?:公司|方面|那边|方|客服|小哥|人员)?[^，,]{0,4}$"),
    _veto("somebody else's", "words", r"自动|系统|快递(?:员|公司|小哥)(?:会|将)|银行|机主"),
    _veto("a habit, not a promise", "before", r"(?:一般|通常|正常情况下?|平时|每天|每次|每个?月|都会|历来|往往|默认)[^，,]{0,12}$"),
    _veto("a habit, not a promise", "words", r"一般|通常|都会|每天|每次|每月|均会|均可|尽力|继续(?:努力|推出|完善)|不断|努力|优化|改进|改善|加强|推出|完善|结合实际"),
    _veto("a habit, not a promise", "after", r"^[^，,。]{0,5}(?:更好|更优|提升|优化|改进|改善|加强)"),
    _veto("not certain", "before", r"(?:可能|也许|大概|或许|应该|希望|争取|尽量|预计)[^，,]{0,8}$"),
    _veto("not certain", "words", r"可能|也许|或许|应该|希望|尽量|争取"),
    _veto("done at once", "after", r"^[^，,。]{0,10}[:：]|^[^，,。]{0,8}如下"),
    _veto("said of something said", "before", r"(?:说|表示|告诉我|承诺|提到|反映|写着|听说)(?:过|了)?[^，,]{0,6}$"),
)  # fmt: skip

PACK = Pack(
    name="zh",
    candidates=candidates,
    times=times,
    vetoes=_VETOES,
    clause=re.compile(r"[,，、:：]|(?<=[一-鿿])\s(?=[一-鿿])"),
)
