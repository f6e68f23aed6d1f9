"""Time limits as officials write them, and the last day that each means."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass

from goodfaith.duties.reading.numerals import number
from goodfaith.duties.reading.shapes import Deadline, Yearly


@dataclass(frozen=True)
class Calendar:
    """What words like “6 月底前” are counted from. ``stated``: the year stands in the document's title."""

    year: int | None = None
    stated: bool = False
    signed: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Limit:
    """``doubt``: code of what is not certain about it, or empty. ``begins``: the day is of the beginning."""

    deadline: Deadline
    doubt: str = ""
    begins: bool = False


Reading = Callable[["re.Match[str]", Calendar], Limit]

_Y = r"(?P<year>(?:19|20)\d\d|[一二]{1}[〇○零一二三四五六七八九]{3}|今|本|当|明)年(?:年)?"
_M = r"(?P<month>\d{1,2}|十[一二]?|[一二三四五六七八九])月(?:份)?"
_PART = r"(?P<part>上旬|中旬|下旬|月?底|月?末|中)?"
_DAY = r"(?P<day>\d{1,2})[日号]"
_END_OF_YEAR = r"(?:年?底|年?末|年度?内|内|全年|前|度)"
_RANGE = (
    r"(?:(?:19|20)\d\d年?|(?:(?:19|20)\d\d年)?\d{1,2}月?(?:\d{1,2}日)?(?:底|初|中旬|上旬|下旬)?)(?:至|—|–|-|到|起至)+"
)
_BEFORE = r"(?:之前|以前|前|内|止)?"


def _month_end(year: int, month: int) -> dt.date:
    return dt.date(year, month, calendar.monthrange(year, month)[1])


def _year(found: re.Match[str], on: Calendar) -> tuple[int | None, str]:
    word = found.groupdict().get("year")
    if word is None or word in "今本当明":
        year = on.year and on.year + (word == "明")
        return year, "" if on.stated or year is None else "year_inferred"
    return number(word), ""


def _day(found: re.Match[str], on: Calendar) -> Limit:
    year, doubt = _year(found, on)
    if year is None:
        return Limit(None, "year_unknown")
    month = number(found["month"])
    last = {"上旬": 10, "中旬": 20, "中": 15}.get(found.groupdict().get("part") or "")
    day = int(found.groupdict().get("day") or last or 0)
    try:
        return Limit(dt.date(year, month, day) if day else _month_end(year, month), doubt or _vague(found))
    except ValueError:
        return Limit(None, "no_such_day")


def _vague(found: re.Match[str]) -> str:
    """“2018年6月前”: whether June is meant with it, only the author knows."""
    given = found.groupdict()
    plain = not given.get("day") and not given.get("part")
    return "before_month" if plain and found[0].endswith(("月前", "月之前", "月以前")) else ""


def _end_of_year(found: re.Match[str], on: Calendar) -> Limit:
    year, doubt = _year(found, on)
    vague = "before_year" if re.search(r"\d年(?:之|以)?前$", found[0]) else ""
    return Limit(dt.date(year, 12, 31) if year else None, (doubt or vague) if year else "year_unknown")


def _quarter(found: re.Match[str], on: Calendar) -> Limit:
    year, doubt = _year(found, on)
    month = 3 * number(found["quarter"])
    return Limit(_month_end(year, month) if year else None, doubt if year else "year_unknown")


def _half(found: re.Match[str], on: Calendar) -> Limit:
    year, doubt = _year(found, on)
    month = 6 if found["half"] == "上" else 12
    return Limit(_month_end(year, month) if year else None, doubt if year else "year_unknown")


def _plan_period(found: re.Match[str], on: Calendar) -> Limit:
    return Limit(dt.date(1955 + 5 * number("十" + found["period"]), 12, 31))


def _after_issue(found: re.Match[str], on: Calendar) -> Limit:
    if on.signed is None:
        return Limit(None, "signed_unknown")
    count, unit = number(found["count"]), found["unit"]
    if unit == "工作日":
        return Limit(None, "working_days")
    if unit in "日天周":
        return Limit(on.signed + dt.timedelta(days=count * (7 if unit == "周" else 1)), "counted_from_signing")
    months = on.signed.month - 1 + count * (12 if unit == "年" else 1)
    year, month = on.signed.year + months // 12, months % 12 + 1
    return Limit(min(_month_end(year, month), _same_day(year, month, on.signed.day)), "counted_from_signing")


def _same_day(year: int, month: int, day: int) -> dt.date:
    return dt.date(year, month, min(day, calendar.monthrange(year, month)[1]))


def _yearly(found: re.Match[str], on: Calendar) -> Limit:
    month, day = number(found["month"]), found.groupdict().get("day")
    try:
        last = dt.date(2024, month, int(day)) if day else dt.date(2023, month, calendar.monthrange(2023, month)[1])
    except ValueError:
        return Limit(None, "no_such_day")
    return Limit(Yearly(last.strftime("%m-%d")))


def _year_end_yearly(found: re.Match[str], on: Calendar) -> Limit:
    return Limit(Yearly("06-30" if "上半年" in found[0] else "12-31"))


def _yearly_quarter(found: re.Match[str], on: Calendar) -> Limit:
    return Limit(Yearly(_month_end(2023, 3 * number(found["quarter"])).strftime("%m-%d")))


def _ongoing(found: re.Match[str], on: Calendar) -> Limit:
    return Limit("ongoing")


def _periodic(found: re.Match[str], on: Calendar) -> Limit:
    return Limit("ongoing", "periodic")


def _at_once(found: re.Match[str], on: Calendar) -> Limit:
    return Limit("ongoing", "at_once")


def _elsewhere(found: re.Match[str], on: Calendar) -> Limit:
    return Limit(None, "set_elsewhere")


_QUARTER = r"第?(?P<quarter>[一二三四1-4])季度(?:末|底|内)?"
_FORMS: tuple[tuple[str, Reading], ...] = (
    (rf"每(?:一)?年(?:度)?的?(?:\d{{1,2}}月(?:\d{{1,2}}日|底)?[、和及])*{_M}"
     rf"(?:{_DAY}|底|末|份|上旬|中旬|下旬)?{_BEFORE}", _yearly),
    (r"每(?:一)?年年?(?:底|末|终|上半年|下半年)?(?:之前|以前|前)(?!\w)|每年年?(?:底|末|终)前?", _year_end_yearly),
    (r"每(?:一)?年(?:度)?的?第?(?P<quarter>[一二三四1-4])季度(?:末|底|内)?(?:之?前)?", _yearly_quarter),
    (r"(?:每学年|每学期|按月度?|按季度?|按周|按年度?|按学期|分年度|按序时进度|按进度)(?:有序|稳步|逐步|计划|要求)*"
     r"(?:推进|实施|开展|落实|完成)?", _periodic),
    (r"(?:并)?(?:形成|建立|健全)(?:起)?(?:常态化|长效)(?:工作)?机制", _ongoing),
    (r"每(?:半年|个?季度?|个?月|周|旬|两年|三年|学期)度?(?:末月|末|底|初|首月)?(?:\d{1,2}日)?(?:之?前)?", _periodic),
    (r"每年(?:度)?(?!\w{0,4}\d)", _ongoing),
    (r"“?十(?P<period>[一二三四五六七八九])五”?(?:规划|时期|期间|期|末|以内|内)*(?:之?前)?", _plan_period),
    (r"(?:自|从)?[\u4e00-\u9fff《》]{0,12}?(?:印发|发布|公布|下发|发文|实施|施行)(?:之日|后|日|起|以后|的)*"
     r"(?P<count>\d{1,3}|[一二三四五六七八九十]{1,3})个?(?P<unit>工作日|日|天|周|月|年)(?:以|之)?内", _after_issue),
    (r"(?P<count>\d{1,2}|[一二三两六]|十二)个?(?P<unit>工作日|月|年)(?:以|之)?内", _after_issue),
    (rf"(?P<year>20\d\d)[./-](?P<month>\d{{1,2}})(?:[./-](?P<day>\d{{1,2}}))?{_BEFORE}", _day),
    (rf"{_Y}(?:\d{{1,2}}月(?:\d{{1,2}}日|底)?[、和及])+{_M}(?:{_DAY}|底|末)?{_BEFORE}", _day),
    (rf"{_Y}{_M}{_DAY}{_BEFORE}", _day),
    (rf"{_Y}{_M}{_PART}{_BEFORE}", _day),
    (rf"{_Y}{_QUARTER}{_BEFORE}", _quarter),
    (rf"{_Y}(?P<half>上|下)半年{_BEFORE}", _half),
    (rf"{_Y}(?:元旦|春节|清明|五一|端午|中秋|国庆|汛期|“?两会”?|高考|开学)\w{{0,4}}", _elsewhere),
    (rf"{_Y}(?:以|之)?{_END_OF_YEAR}?{_BEFORE}", _end_of_year),
    (rf"{_Y}“[^”]{{1,8}}”(?:节|期间|活动)*(?:之?前)?", _elsewhere),
    (rf"{_Y}[\u4e00-\u9fff]{{2,10}}?(?:之)?前", _elsewhere),
    (rf"(?<!\d){_M}{_DAY}{_BEFORE}", _day),
    (rf"(?<!\d){_M}{_PART}{_BEFORE}", _day),
    (rf"{_QUARTER}{_BEFORE}", _quarter),
    (rf"(?P<half>上|下)半年{_BEFORE}", _half),
    (r"(?:年内|年底前?|年末前?|全年|本年度内?|今明两年|年度内)", _end_of_year),
    (r"(?:按(?:照)?|根据|依)(?:国家|中央|省|市|上级|国务院|统一|规定|要求|相关|有关|部署|工作|文件|委|政府|、|统一部署|时间|时限|"
     r"节点|安排|进度|明确|的|时序|计划|部门|分工)+(?:完成|推进|执行|落实|实施|要求|办理)*", _elsewhere),
    (r"(?:并|全年|全程)?(?:持续|长期|常抓不懈|久久为功|一以贯之|常态化?|常年|经常性?|日常|始终|滚动|动态|不断|全程|贯穿|分年度|逐年|稳步|有序)"
     r"(?:持续|长期|坚持|推进|实施|开展|落实|完善|深化|优化|进行|执行|强化|工作|任务|推动|抓好|坚持|更新|管理|调整|全年|有效|实行|运行|加强|做好|提升|改进|组织|用力|巩固)*",
     _ongoing),
    (r"(?:元旦|春节|清明|五一|端午|中秋|国庆|入汛|汛期|主汛期|供暖季|两会|高考|春耕|秋收)"
     r"[\u4e00-\u9fff]{0,4}?前(?:\w{0,4})", _elsewhere),
    (r"(?:立行立改|即知即改|即时办理)(?:开展|办理|更新|报送|处置|完成)?|"
     r"(?:随时|及时)(?:开展|办理|更新|报送|处置|完成|推进)?(?=$|[，。；）])", _at_once),
    (r"(?:立即|即刻|即时|马上|即日起?|(?:自|从)?(?:印发|发布|公布|下发)之日起?)(?:起)?(?:实施|执行|落实|整改|启动|开展|施行|办理|组织实施|推进|完成)*",
     _at_once),
    (r"(?:近期|中期|远期|尽快|适时|另行(?:通知|安排|部署)|待定)\w{0,6}", _elsewhere),
)  # fmt: skip
_COMPILED = tuple((re.compile(form), reading) for form, reading in _FORMS)
_LEAD_IN = re.compile(
    rf"(?:要|应|须|需|将|均|都|并|请)?(?:于|在|自|从|到|至|截至|截止到?|确保|力争|争取|计划|原则上|最迟|不晚于|其中)*(?:{_RANGE})?"
)


_FROM_YEAR = re.compile(r"(?:从|自)?(?:19|20)\d\d年(?:度|\d{1,2}月)?(?:起|开始)，?(?=每)")
_MAY_BEGIN = re.compile(
    r"[\d“方意一二三四五六七八九十今本当明每年月第上下印发公布下实施自从按根依持长常久一经日始滚动不全贯分逐稳有并元春清五端国汛供两高秋入立即随及马近中远尽适另待要应须需将均都请于在到至截确力争计原最其《]"
)
"""Most phrases of a note begin with a unit's name; they are not asked about further."""


@dataclass(frozen=True, slots=True)
class Found:
    """``start``, ``end``: the words of the limit within the string that was searched."""

    limit: Limit
    start: int
    end: int


def at_start(words: str, on: Calendar) -> Found | None:
    """The limit that the words begin with."""
    if not _MAY_BEGIN.match(words):
        return None
    from_year = _FROM_YEAR.match(words)
    if from_year and (found := _at(words, from_year.end(), on)):
        return found
    place = _LEAD_IN.match(words)
    if place and place.end():
        year = re.search(r"(?:19|20)\d\d(?=年)", place[0])
        inside = Calendar(int(year[0]), True, on.signed) if year else on
        if found := _at(words, place.end(), inside):
            return found
    return _at(words, 0, on)


def _at(words: str, start: int, on: Calendar) -> Found | None:
    best: Found | None = None
    for form, reading in _COMPILED:
        found = form.match(words, start)
        if found and found.end() > start and (best is None or found.end() > best.end):
            best = Found(reading(found, on), start, found.end())
    if best and words.startswith("起", best.end) and isinstance(best.limit.deadline, dt.date):
        return Found(Limit("ongoing", "at_once"), start, best.end + 1)
    return best


_MONTH_TOO, _DAY_TOO = _M.replace("month", "month2"), _DAY.replace("day", "day2")
_IN_TEXT = re.compile(
    rf"每年(?:度)?{_M}(?:{_DAY}|底|末)?前|"
    rf"{_Y}(?:{_MONTH_TOO}(?:底|末|上旬|中旬|下旬)?)?(?:{_DAY_TOO})?(?:年?底|底|末)?前"
)


def in_text(words: str, on: Calendar) -> Found | None:
    """The first limit that running text names expressly (“……前”); vaguer words are not taken from running text."""
    found = _IN_TEXT.search(words)
    if not found:
        return None
    limit = at_start(words[found.start() : found.end()], on)
    return limit and Found(limit.limit, found.start(), found.end())
