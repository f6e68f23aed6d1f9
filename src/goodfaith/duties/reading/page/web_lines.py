"""Lines that a government's website prints around a document: where it stands, what one can click, who runs it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from goodfaith.duties.reading.page import links

_LONGEST = 160
_BUTTON = (
    r"返回(?:顶部|首页|列表|上一?[页级]|目录|栏目)|回到顶部|TOP|top|(?:我要|在线|点击)?打印(?:本[页文]|此[页文]|文章|文件|页面|正文)?|"
    r"关闭(?:窗口|本页|页面|此页)?|(?:加入|我要|添加)?收藏(?:本[页站文])?|设为首页|保存(?:本[页文])?|(?:一键)?分享(?:到|至)?|转发|纠错|我要纠错|网站纠错|"
    r"下载(?:文件|附件|全文|本文|文字版|图片版|PDF版?|WORD版?)?|(?:文件|附件|全文|正文|PDF版?|WORD版?|OFD版?)下载|点击下载|"
    r"无障碍(?:浏览|阅读)?|长者(?:模式|助手|版)|适老(?:模式|版|化)?|大字版|语音播报|朗读|阅读模式|繁[體体]|简体|简|繁|English|手机版|电脑版|"
    r"首页|网站首页|(?:政府)?信息公开(?:目录|指南|年报|制度)?|依申请公开|政务公开|政务服务|互动交流|公众参与|解读回应|要闻动态|新闻中心|"
    r"微信|微博|新浪微博|腾讯微博|QQ空间|QQ好友|人人网|朋友圈|更多|展开|收起|"
    r"(?:浏览|文字)?(?:字体|字号|视力保护色|保护视力色|背景色)(?:大小)?[：:]?|[大中小]|特大|默认|正常|缩小|放大|恢复|A\+|A-|T"
)
_BETWEEN = r"[\s【】\[\]〔〕（）()｜|·•/／:：、，,—→←↑↓×✕\xa0-]*"
_BUTTONS = re.compile(rf"{_BETWEEN}(?:(?:{_BUTTON}){_BETWEEN})+")
_MARKED = re.compile(r"[【\[（(｜|↑×]|\S\s+\S|[：:]$")
"""What buttons have beside their words; a word by itself may be a piece of a sentence."""
_NEVER_WORDS = re.compile(
    r"返回(?:顶部|首页|页首|列表|上一?[页级])|回到顶部|打印(?:本页|此页)|关闭(?:窗口|本页)|加入收藏|设为首页|(?:网站|我要)纠错|用手机看|"
    r"TOP|上一页|下一页|无障碍浏览|长者模式|语音播报"
)
"""Words of buttons that no document says."""
_LONE = re.compile(
    r"(?:附件|全文|文件)下载|下载(?:附件|全文)?|打印(?:文章|页面)?|关闭(?:页面)?|收藏|分享(?:到|至)?|上一[篇条]|下一[篇条]|网站地图|友情链接|联系我们|"
    r"(?:相关|关联)(?:附件|文档|链接|解读|稿件|阅读|政策|信息|新闻|文件)|(?:政策|图文|文字|专家)解读|解读材料|图解|一图读懂|"
    r"法定主动公开内容|政府信息公开|政务公开|信息公开|主动公开|政策文件|党政机关|中国政府网|国务院部门网站.{0,20}"
)
"""Such words by themselves: at the document's head, or at its foot."""
_FILE = re.compile(
    r".{1,80}\.(?:pdf|docx?|xlsx?|ofd|wps|zip|rar|pptx?|jpg|png|PDF|DOCX?|XLSX?|OFD)(?:\s*[（(\[].{0,20}[）)\]])?"
)
_PAGES = re.compile(
    rf"{_BETWEEN}(?:(?:[上下][一1]?页|首页|尾页|末页|第\d+页|共\d+页|\d{{1,3}}|…|跳转|转到|GO){_BETWEEN})+"
)
_ADDRESS = re.compile(r"(?:[\u4e00-\u9fff（）()]{2,30}[：:]?\s*)?[（(]?(?:https?://|www\.)[\w./?=&%#:-]+[）)]?")
_OWNER = re.compile(
    r"(?:主办|主管)(?:单位)?[：:]\s*(?:中共)?[\u4e00-\u9fff]{2,10}(?:人民政府|委)(?:办公[室厅])?(?:\s+(?:承办|协办|运维|维护|建设|技术支持|管理).*)?"
)
"""Whose site it is, in the document's last lines."""
_NEIGHBOURS = re.compile(
    r"(?:上一|下一|前一|后一)[篇条][：:\s]\s*.*|[【\[](?:上一|下一|前一|后一)[篇条][】\]].*|"
    r"[【\[]?(?:相关|关联|延伸)(?:附件|文档|链接|解读|稿件|阅读|政策|政策解读|文件|新闻)[】\]]?[：:].*|[【\[](?:政策|文件|图文|文字|媒体|专家|图解)?(?:解读|图解)[】\]].*|"
    r"(?:(?:政策|图文|文字|媒体|专家)解读|一图读懂|图解|解读)[：:].*|您是第\s*\d+\s*位.*|(?:解读链接|原文链接|文件链接|网址链接|原文地址|本文链接|文件下载|附件下载|下载附件)[：:].*"
)
_SEPARATOR = r"(?:>|＞|»|›|→|&gt;)"
_WHERE = re.compile(
    r"[\s>＞»]*(?:(?:您|你)?(?:现在|当前|目前)?(?:所在|的)?(?:的)?位置|当前页面|当前栏目)(?:是|为|在)?[：:>＞»\s].*|"
    rf"(?:网站|本站)?(?:首页|主页)\s*(?:{_SEPARATOR}|/|\\|-|—|\||：|:|·|»).*|(?:网站|本站)首页"
)
_CRUMBS = re.compile(
    rf"\s*(?:{_SEPARATOR}\s*)*[^>＞»›→。；：:\n]{{2,30}}?\s*(?:{_SEPARATOR}\s*)+[^>＞»›→。；\n]{{2,60}}(?:\s*(?:{_SEPARATOR}\s*)+[^>＞»›→。；\n]{{2,60}})*\s*"
)
_DAY = r"(?:19|20)\d\d\s*[-/.年]\s*\d{1,2}\s*[-/.月]\s*\d{1,2}日?"
_CLOCK = r"\d{1,2}[:：]\d\d(?:[:：]\d\d)?"
_NUMBER_OF = r"(?:浏览|阅读|点击|访问|点赞|评论)(?:次数|量|数|率)?"
_STAMP = re.compile(
    rf"[【\[（(]?(?:(?:发布|发文|公开|更新|发稿|录入|上传|刊登|信息|编辑|创建)?(?:时间|日期|于)[：:]?)?\s*{_DAY}\s*"
    rf"(?:{_CLOCK}.*|[【\[（(|]?\s*(?:来源|信息来源|文章来源|稿源|作者|字体|字号|{_NUMBER_OF}).*)|"
    rf"(?:发布|公开|更新|发稿|录入|上传|刊登)(?:时间|日期)[：:]?\s*{_DAY}.*|"
    rf"[【\[（(]?{_NUMBER_OF}\s*[：:]?\s*\[?\d*\]?\s*次?[】\]）)]?"
    rf"|(?:信息|文章|稿件|内容)?(?:来源|出处)[：:].{{0,40}}(?:{_DAY}|{_NUMBER_OF}|字体|字号|作者|编辑|打印|关闭).*"
    r"|(?:稿源|文章来源|稿件来源|内容来源)[：:].{0,30}"
)
_PEOPLE = re.compile(
    r"[【\[（(]?(?:责任编辑|责编|编辑|网站编辑|校对|初审|复审|终审|一审|二审|三审|供稿|录入|撰稿|作者|发布人|发布者|审校|监制)[：:]\s*[\u4e00-\u9fff·\s]{2,30}.*"
)
_SITE = re.compile(
    r".*(?:ICP备|公网安备|网安备案?\s*\d|网站标识码|Copyright|copyright|©|All\s*Rights?\s*Reserved|建议使用.{0,20}(?:浏览器|分辨率)|"
    r"(?:最佳|推荐)(?:浏览|分辨率)).*|"
    r".{0,20}版权所有(?:[：:\s(（|].*)?|.*(?:网站地图|联系我们|关于我们|隐私(?:声明|保护)|网站声明|法律声明|免责声明).{0,12}[|｜\s].{0,60}"
    r"(?:网站地图|联系我们|关于我们|隐私|声明|导航|帮助).*|技术支持[：:].{2,40}|(?:政府)?网站(?:找错|热线|支持IPv6|访问量|运维|维护)[：:]?.{0,40}|"
    r"(?:国家|中国)政府网站?标识.*|中央政府门户网站|党政机关"
)
_ABOUT_SITE = re.compile(
    r"(?:主办(?:单位)?|承办(?:单位)?|协办(?:单位)?|主管(?:单位)?|运营(?:单位)?|运维(?:单位)?|维护(?:单位)?|管理(?:单位)?|建设(?:单位)?|开发(?:单位)?|"
    r"联系(?:电话|方式|我们|邮箱)|(?:办公)?地址|邮编|邮政编码|电话|传真|邮箱|网站(?:管理|电话|邮箱|纠错)?|备案号?|值班电话|举报电话|监督电话|友情链接|关注我们|官方微[信博]|移动客户端)"
    r"(?:[：:].*|$)"
)


_CONTACT = re.compile(
    r"(?:政策)?(?:咨询|联系|办公|监督|举报|值班)?(?:电话|热线|地址|邮箱|方式)[：:].*|(?:政策咨询|邮编|邮政编码|传真|网站管理|(?:公安)?备案号?)[：:].*"
)


def is_web(line: str, *, at_head: bool) -> bool:
    """Whether a stripped line is such a line by its own words."""
    line, linked = links.without_targets(line) if "](" in line else (line, False)
    if len(line) > _LONGEST:
        return False
    if linked and not at_head and links.are_all(line):
        return True
    if _WHERE.fullmatch(line) or _STAMP.fullmatch(line) or _NEIGHBOURS.fullmatch(line) or _PEOPLE.fullmatch(line):
        return not line.endswith("。")
    if any(mark in line for mark in ">＞»›→"):
        return _is_trail(line, at_head)
    if _SITE.fullmatch(line) or _FILE.fullmatch(line) or _ADDRESS.fullmatch(line):
        return not line.endswith("。")
    if "页" in line and _PAGES.fullmatch(line):
        return not line.isdecimal() and len(_PAGE_WORDS.findall(line)) > 1
    return bool(_MARKED.search(line)) and _BUTTONS.fullmatch(line) is not None


_PAGE_WORDS = re.compile(r"[上下][一1]?页|首页|尾页|末页|第\d+页|\d+")


def _is_trail(line: str, at_head: bool) -> bool:
    """``首页 > 政务公开 > 文件``; one arrow only at the document's head."""
    return _CRUMBS.fullmatch(line) is not None and (at_head or len(re.findall(rf"{_SEPARATOR}+", line)) > 1)


def is_button(line: str, *, at_edge: bool) -> bool:
    """Whether the line is a button's word without a button's marks. ``at_edge``: at the document's head or foot."""
    return _NEVER_WORDS.fullmatch(line) is not None or (at_edge and _LONE.fullmatch(line) is not None)


def foot(lines: Sequence[str], web: set[int]) -> set[int]:
    """The last lines, as long as each is a site's: there ``联系电话`` and ``主办单位`` are nobody's duty."""
    found: set[int] = set()
    shapes: list[re.Pattern[str]] = [_LONE, _NEVER_WORDS, _CONTACT, _OWNER]
    for number in range(len(lines) - 1, -1, -1):
        line = lines[number]
        if number not in web and not any(shape.fullmatch(line) for shape in shapes):
            break
        if number in web and _SITE.fullmatch(line):
            shapes.append(_ABOUT_SITE)
        found.add(number)
    return found


def around(lines: Sequence[str], web: set[int]) -> set[int]:
    """Who runs the site, beside lines that only a site's foot has: there ``主办单位`` is nobody's duty."""
    found = {number for number in web if _SITE.fullmatch(lines[number]) or _OWNER.fullmatch(lines[number])}
    for number in sorted(found):
        for step in (-1, 1):
            place = number + step
            while 0 <= place < len(lines) and (place in web or _ABOUT_SITE.fullmatch(lines[place])):
                found.add(place)
                place += step
    return found
