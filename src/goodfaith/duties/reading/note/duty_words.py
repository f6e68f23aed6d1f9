"""The words that give a unit its part in a duty: labels before a list, verbs after it, remarks beside it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

Role = Literal["lead", "charge", "part", "when", "person", "listed"]
"""``charge``: responsible, without a word on who leads. ``person``: a label that names officials, not units."""

_BODY = (
    r"(?:(?:单位|部门)(?:及|和|、|/)(?:责任人|负责人|责任领导|联系人)|单位|部门|机构|部委|主体|科室|处室|股室|地区|方|"
    r"部门和单位|部门及单位|单位和部门|部门（单位）|单位（部门）|部门、单位)"
)
_OF = r"(?:市级|省级|县级|区级|市直|省直|州级)?"
_PERSONS = (
    r"(?:责任|牵头|分管|包保|挂联|挂钩|联系|牵头负责|主要)?"
    r"(?:领导|市领导|省领导|县领导|区领导|负责人|责任人|联系人|联络员|负责同志|市长|省长)"
)
_WHEN = (
    r"(?:完成|办理|整改|整治|工作|落实|推进|实施|计划完成|任务完成)?"
    r"(?:时限|期限|时间|时间节点|时间安排|时间要求|进度|进度安排|时间进度|节点)(?:要求|安排)?"
)
_LEADING = r"(?:总)?(?:牵头|主办|主责|主要责任|第一责任|主管|牵头（责任）|牵头负责|抓总)(?:责任|负责|实施)?"
_HELPING = (
    r"(?:责任)?(?:配合|协办|参加|参与|协助|协同|协作|会办|支持|配合（参与）|督导|督办|指导|监督)"
    r"(?:责任|配合|参与|落实|实施)?"
)
_RESPONSIBLE = (
    r"(?:责任|整改|治理|推进|完成|组织|报送|建设|负责|承办|落实|实施|任务|职责|承担|具体责任|责任落实|工作|执行"
    r"|相关责任)"
)
_LABELS: tuple[tuple[Role, str], ...] = (
    ("person", _PERSONS),
    ("when", _WHEN),
    ("lead", rf"{_OF}{_LEADING}{_BODY}"),
    ("part", rf"{_OF}{_HELPING}{_BODY}"),
    ("charge", rf"{_OF}{_RESPONSIBLE}{_BODY}|(?:责任分工|任务分工|分工)"),
)
_SHORT: dict[Role, str] = {
    "lead": r"|(?<![\u4e00-\u9fff])(?:牵头|主办|主责)(?=：)",
    "part": r"|(?:(?<![\u4e00-\u9fff])|(?<=[局委厅办部院府会行]))(?:配合|协办|参与|参加|协助|会办)(?=：)",
    "charge": r"|(?<![\u4e00-\u9fff])(?:责任|负责|承办)(?=：)",
}
"""``主办：市教育局``: at the beginning of a phrase only, ``协办：`` on the next line too."""
_IS_VALUE = (
    r"[为是](?=省|市|县|区|州|各|自治区|国家|(?:19|20)\d\d年|每年|长期|持续|"
    r"[\u4e00-\u9fff]{2,14}(?:局|委|厅|办|院|府|行|中心|公司)(?:[、，；。]|$))"
)
LABEL = re.compile(
    "(?:" + "|".join(f"(?P<{role}>{form}{_SHORT.get(role, '')})" for role, form in _LABELS) + f")(?:：|{_IS_VALUE})"
)
LABEL_WORDS = {role: re.compile(form) for role, form in _LABELS}

_BY_OFFICE = (
    r"(?:(?:按照?|依照?|根据|依据|结合)(?:各自|部门|工作|有关|相关|本部门|法定|各地|所承担的|三定|“三定”|单位|既定|规定的?|自身|的)*"
    r"(?:职责|职能|分工|权限|任务|实际|规定|要求)(?:和|及|、|或)?(?:分工|范围|权限|要求|任务|职责)*(?:，)?)"
)
_HOW = (
    r"(?:分别|共同|具体|组织|各自|分工|统筹|联合|主要|总|协同|积极|密切|分级|依法|全面|同步|"
    r"抓好|做好|切实|加强|认真|各负其责)*"
)
_MORE = (
    r"(?:负责|组织|组织实施|实施|落实|推进|办理|抓总|协调|统筹|指导|督促|督导|开展|完成|抓好|抓|推动|工作|并|、|和|，|"
    r"制定|具体|督办|监督|总体|做好|汇总|报送|审核)*"
)
_IS = r"(?:作为|为|是)(?:本项工作|该项工作)?"
_LEAD = rf"{_BY_OFFICE}?{_HOW}(?:负责)?(?:牵头|主办|主抓|领衔|抓总|总牵头){_MORE}|{_IS}{_LEADING}{_BODY}"
_WORK = r"(?:相关工作|有关工作|工作)"
_PART = (
    rf"{_BY_OFFICE}?{_HOW}(?:配合|参加|参与|协助|协办|协同|支持|参照(?=落实|实施|执行))"
    rf"(?:落实|实施|推进|开展|完成|做好|执行|配合|负责|{_WORK})*"
    rf"|(?<=[委局厅办部院会府室心位门行）□])(?:统筹|协调|指导|督促|督导|监督)+(?:推动|推进|落实|实施|检查|管理)*|{_IS}{_HELPING}{_BODY}"
)
_DOES = r"(?:负责|落实|实施|推进|承担|办理|组织实施|贯彻落实|执行|开展|抓好落实|推动落实|做好|抓好|推动)"
_AND_DOES = r"(?:落实|实施|推进|组织|开展|组织实施|完成|办理|抓好)"
_CHARGE = (
    rf"(?:{_BY_OFFICE}{_HOW}{_DOES}(?:{_AND_DOES}|{_WORK})*"
    rf"|{_HOW}(?:负责(?:汇总|报送|上报|统筹|协调|指导|督促)*|承办|承担|抓好落实|组织落实|组织实施|具体落实){_AND_DOES}*"
    rf"|(?<=[\u4e00-\u9fff）□])(?:落实|实施|推进|办理|执行|承接)|{_IS}{_RESPONSIBLE}{_BODY}"
    rf"|{_BY_OFFICE}|各负其责|负(?:总|主|主体|主要|监管|直接|领导|属地|管理|牵头)+责(?:任)?|(?:分别|共同|具体|抓好|组织)(?:落实|实施|推进|完成))"
)
_LABEL_END = re.compile(
    r"(?:单位|部门|机构|部委|主体|科室|处室|地区|股室|方|）|分工|领导|人|联络员|同志|市长|省长|时限|期限|时间|节点|安排|要求|进度)(?:：|[为是])|"
    r"(?:牵头|主办|主责|配合|协办|参与|参加|协助|会办|责任|负责|承办)："
)
_LONGEST_LABEL = 14


def labels(words: str, start: int, end: int) -> Iterator[re.Match[str]]:
    """The labels in ``words[start:end]``, looked for backwards from their colons (few), not from every letter."""
    if not any(words.find(mark, start, end) >= 0 for mark in "：为是"):
        return
    place = start
    for tail in _LABEL_END.finditer(words, start, end):
        found = LABEL.search(words, max(place, tail.start() - _LONGEST_LABEL), end)
        if found and found.end() == tail.end():
            yield found
            place = found.end()


_MAY_HOLD_VERB = re.compile(
    "牵头|主[办抓]|领衔|抓[总好]|配合|参[加与]|协[助办同调]|支持|负|承[办担接]|落实|实施|推[进动]|办理|执行|职[责能]|分工|任务|权限|"
    "统筹|指导|督|完成|开展|做好|监督"
)


def may_hold_verb(words: str, start: int, end: int) -> bool:
    """Whether looking for a verb is worth while: the patterns below are dear, and most phrases are names only."""
    return _MAY_HOLD_VERB.search(words, start, end) is not None


VERB = re.compile(rf"(?:(?P<lead>{_LEAD})|(?P<part>{_PART})|(?P<charge>{_CHARGE}))$")
VERB_INSIDE = re.compile(
    rf"(?<=.)(?:(?P<lead>{_LEAD})|(?P<part>{_PART})|(?P<charge>{_CHARGE}))(?=、|，|会同|商|联合|；|并由|由)"
)
VERB_WITH_DEED = re.compile(
    r"(?<=[委局厅办部院府会行心位门区县市州镇司□）])(?:(?P<lead>牵头(?:负责)?|负责牵头)|(?P<charge>具体负责|负责)|(?P<part>配合|协助|参与))"
    r"(?:研究)?(?:制[定订]|起草|拟[定订]|建立|组织(?!部)|完成|开展|推[进动行]|编制|编写|修订|出台|提出|指导|协调|统筹|督促|健全|完善|落实|实施|做好|抓好|搭建|建设|"
    r"汇总|审核|公布|清理|梳理|技术|资金|数据|经费|业务|日常|具体|对|将|把)[^、，；。]{2,40}$"
)
"""Who does it, and what, in one breath: ``A牵头制定实施办法``."""
WITH = re.compile(
    r"(?:并)?(?:会同|(?<![协学商工])会商(?!会))|(?<=[委局厅办部院会府行署室□])(?:(?:并)?(?:联合|协同|协调)(?!会|国|社|推进|配合|落实|实施|负责|做好|开展|办理|参与|$)|商(?=省|市|县|区|州|各|有关|相关|国家|国务院|中央|自治区|公安|财政|发展改革|人力))"
)
_FIRST = r"(?:第一(?:位|个|名|家|的|者|顺位|序位|责任)?|首(?:位|要|列|个|家|名)|最前面?)"
_LEADER = r"(?:牵头|主办|主要责任|第一责任|主责|主要负责)(?:责任)?(?:单位|部门)?"
_OTHERS = (
    r"(?:，(?:其他|其余|其它)(?:责任)?(?:的|均|都)?(?:单位|部门)?(?:均|都)?(?:为|是)?"
    r"(?:配合|参加|参与|协办|协助)(?:责任)?(?:单位|部门)?)?"
)
FIRST_LEADS = re.compile(
    rf"{_FIRST}(?:的|者|为|单位|部门|责任单位|责任部门)*"
    rf"(?:(?:是|为|系|即为?|作为)(?:该项工作|该项任务|本项|本项工作|主要)?的?总?{_LEADER}|"
    rf"(?<=[位的者前门])(?:负责)?牵头(?:负责|抓总|组织|实施)*(?=[，；。]|$)){_OTHERS}|"
    rf"牵头(?:责任)?(?:单位|部门)(?:为|是|即|均|一般)*(?:排名|排序|位列|排列|名列|位居|排|列)(?:在|于)?{_FIRST}(?:的?(?:单位|部门|责任单位))?"
)
"""``排在第一位的为牵头单位``, ``牵头单位列第一位``, with what is said of the others."""
LIKEWISE = re.compile(r"[，；。]?(?:以?下同|以下均同|以下各条同此|后同)")
HEREAFTER = re.compile(
    r"以下(?:均|各项|各条|任务|措施|不再)[^。；]{0,60}?(?:不再(?:逐一|一一|单独|重复)?列出|不再重复|不再赘述|不再注明)"
)
"""``以下均需各县政府落实，不再列出``: about what follows, not about this duty."""
KEYWORD = re.compile(r"牵头|会同|负责|责任(?:单位|部门|主体)|配合|主办|协办|承办|参加|参与|分工|落实")
