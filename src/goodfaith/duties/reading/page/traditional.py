"""Texts in traditional characters, as some collections and sites give them: read as simplified, letter for letter.

The grammar knows simplified characters only. Each letter stands for one, so that places stay what they were; names and
notes are given back as the document writes them.
"""

from __future__ import annotations

import re

_TRADITIONAL = (
    "並亂佈佔併來侷係倉個們偉偽備傢傳債傷僑價億儘償優儲兌兒內兩冊凍別刪則剋剛創劃劉動務勝勞勢勵勸匯區協厲參吳呂員唸問啟喬單噸噹嚮嚴國圍園圖團執堅報場塊塗墊墾壓壞壟壯夠婦嬰孫學實寧審寫寬將專對導屆屢層屬峽崑"
    "崗嶺巖師帳帶幗幣幫幹幾庫廚廠廢廣廳弔張強彆彙後徑從復徵徹恥惡愛慇態慣慮慶憂憲應懲懾戰戶掃掛採揚換揮搆損撐撥擁擇擊擔據擴擺擾攬數斷於昇時晉暢暫曆書會東桿條棟楊業極榮構槓樁樂樑樓標樞樣樹橋機橫檔檢檯檻欄權"
    "歐歲歷歸殘毀氣氾汎汙決沒沖況洩涇淨減測湯準溝溫滄滾滿漁漢潔澤濃濟濤濱瀆瀋瀏瀾灣災為烏無熱營燬爐爭牽狀獄獎獨獲獸現環產畝畢異當療發盜盡監盤盧眾睏瞞矯碩確碼礎礦祕禮稅種稱穀積穩穫競筆箇節範築篩簡簽籌籤糧糰"
    "糾紀約紅紋納紐紙級紛紮細紹終組結絕絡給統經綜綠維綱網綵緊線締編緩緻縣縮縱總績織繞繫繳繼續纔罰羅義習聞聯聶職肅臨臺與興舉舊艦莊華萬葉蓆蓋蔣薑薦藍藝藥蘆蘇蘭處虛號術衛衝補裝裡製複襲見規視親覺覽觀觸訂計討訓"
    "託記訟訪設許訴診註証詐評詞詢試話該詳誌認誠誣誤說誰課調談請論諧諾謀謊講謝證識譚議譴護譽讀變讓豐負財貢貧貨貫責貴買貸費貼貿賀賂賃賄資賈賠賦質賬購賽贅贏趕趙趨跡跤跼踐蹟蹤車軌軍軟較載輓輔輕輛輪輯輸輻輿轄轉"
    "辦辯農迴這連週進遊運過達違遞遠適遲遷選遺遼還邊郵鄉鄒鄧鄭醫釋針鉤銀銅銜銷鋼錄錢錦錫錯錶鍋鍵鍾鎮鏈鐘鐵鑑鑒長門閉開閑閒間閱闆關闢陝陞陣陳陸陽隊階際隨險隱隻雙離難雲電鞏韋韓響頁頂項順須預頒頓領頭頻顆題額顏"
    "願類顧顯風颱飲養餘館餽饒馬馮駐駕駱駿騙騰驗驟體髮鬍鬚鬥鬨魯鮑鷺麗麵黃點黨鼕齊齡齣龍龐龔"
)
_SIMPLIFIED = (
    "并乱布占并来局系仓个们伟伪备家传债伤侨价亿尽偿优储兑儿内两册冻别删则克刚创划刘动务胜劳势励劝汇区协厉参吴吕员念问启乔单吨当向严国围园图团执坚报场块涂垫垦压坏垄壮够妇婴孙学实宁审写宽将专对导届屡层属峡昆"
    "岗岭岩师帐带帼币帮干几库厨厂废广厅吊张强别汇后径从复征彻耻恶爱殷态惯虑庆忧宪应惩慑战户扫挂采扬换挥构损撑拨拥择击担据扩摆扰揽数断于升时晋畅暂历书会东杆条栋杨业极荣构杠桩乐梁楼标枢样树桥机横档检台槛栏权"
    "欧岁历归残毁气泛泛污决没冲况泄泾净减测汤准沟温沧滚满渔汉洁泽浓济涛滨渎沈浏澜湾灾为乌无热营毁炉争牵状狱奖独获兽现环产亩毕异当疗发盗尽监盘卢众困瞒矫硕确码础矿秘礼税种称谷积稳获竞笔个节范筑筛简签筹签粮团"
    "纠纪约红纹纳纽纸级纷扎细绍终组结绝络给统经综绿维纲网彩紧线缔编缓致县缩纵总绩织绕系缴继续才罚罗义习闻联聂职肃临台与兴举旧舰庄华万叶席盖蒋姜荐蓝艺药芦苏兰处虚号术卫冲补装里制复袭见规视亲觉览观触订计讨训"
    "托记讼访设许诉诊注证诈评词询试话该详志认诚诬误说谁课调谈请论谐诺谋谎讲谢证识谭议谴护誉读变让丰负财贡贫货贯责贵买贷费贴贸贺赂赁贿资贾赔赋质账购赛赘赢赶赵趋迹交局践迹踪车轨军软较载挽辅轻辆轮辑输辐舆辖转"
    "办辩农回这连周进游运过达违递远适迟迁选遗辽还边邮乡邹邓郑医释针钩银铜衔销钢录钱锦锡错表锅键钟镇链钟铁鉴鉴长门闭开闲闲间阅板关辟陕升阵陈陆阳队阶际随险隐只双离难云电巩韦韩响页顶项顺须预颁顿领头频颗题额颜"
    "愿类顾显风台饮养余馆馈饶马冯驻驾骆骏骗腾验骤体发胡须斗哄鲁鲍鹭丽面黄点党冬齐龄出龙庞龚"
)
"""The letters of official documents; others are left as they are."""
_TO_SIMPLIFIED = str.maketrans(_TRADITIONAL + "啓爲衆羣綫裏説衞內「」『』", _SIMPLIFIED + "启为众群线里说卫内“”‘’")
_LETTERS = re.compile(f"[{_TRADITIONAL}]")
_LEAST = 0.02
"""Share of such letters above which a text is taken to be written so; a name may hold one in any text."""
LEVELS = str.maketrans("县区党师", "縣區黨師")
"""Of a prefix that is supplied in such a text."""


def is_traditional(text: str) -> bool:
    """Whether the text is written in traditional characters, or in a mixture with them."""
    return len(_LETTERS.findall(text)) > _LEAST * len(text)


def simplified(text: str) -> str:
    """The same text, of the same length."""
    return text.translate(_TO_SIMPLIFIED)
