"""Names of officials beside those of units: they are never units."""

from __future__ import annotations

import re

from goodfaith.duties.reading.note import names

_SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗高郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾"
    "夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤常温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申"
    "欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷盛曲翁冉骆蓝路游辛靳管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤阳时穆农司卓"
)
_OFFICIAL = (
    "责任人|负责人|联系人|责任领导|[副党组]{0,3}(?:局长|主任|部长|书记|科长|处长|院长|行长|主席|队长|[县市区镇乡]长)"
)
_PERSON = re.compile(
    rf"(?P<name>.+)（(?:{_OFFICIAL})?[：:]?[{_SURNAMES}][\u4e00-\u9fff·]{{1,2}}(?:[、，][{_SURNAMES}][\u4e00-\u9fff·]{{1,2}})*）"
)
_NO_PERSON = re.compile(
    r"[局办委厅部院科股室心会所队区县市镇乡站司处组园校社等]）$|（(?:高新|经开|金融|农业|文旅|文明|安全|温室)[^）]?）$"
)


_NAME = re.compile(rf"[{_SURNAMES}][\u4e00-\u9fff·]{{1,2}}")


def may_be_name(words: str) -> bool:
    """Whether words could be an official's name."""
    return _NAME.fullmatch(words) is not None


def is_name(words: str) -> bool:
    """Whether words are an official's name, and no unit's."""
    return may_be_name(words) and not names.is_unit(words)


def without_name_after(words: str, gaps: frozenset[int]) -> str:
    """``市教育局 张志强``, in a list of units and who answers for them."""
    here = [gap for gap in gaps if 2 < gap < len(words) and _NAME.fullmatch(words, gap)]
    return words[: here[0]] if here and names.is_unit(words[: here[0]]) and not names.is_unit(words) else words


def without_person(words: str) -> str:
    """``县发改局（陈浩）``: an official's name is no part of the unit's."""
    found = _PERSON.fullmatch(words)
    return found["name"] if found and not _NO_PERSON.search(words) else words
