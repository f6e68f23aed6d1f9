"""What a recall asks the recipient to do, by reason: a sentence in Chinese and the same in English."""

from __future__ import annotations

_STOP = (
    "自生效之日起停止使用原记录，并从本单位的系统、页面和报表中删除。",
    "From the effective day stop using the former record and remove it from your systems, pages and reports.",
)
_REPLACE = (
    "自生效之日起停止使用原记录；仍需使用的，通过平台重新查询，以更正后的内容为准。",
    "From the effective day stop using the former record; where you still need it, ask the platform again and go by "
    "what was put right.",
)
_LIFT = (
    "依据该记录采取的限制或者惩戒措施，依法解除。",
    "Lift, as the law provides, restrictions and measures that rest on this record.",
)
_REVIEW = (
    "已经依据原记录作出决定的，重新审查，并把结果告知当事人。",
    "Where a decision was made on the former record, review it and tell the party the result.",
)
_PASS_ON = (
    "转给过其他单位或者个人的，一并通知其停止使用。",
    "Where you passed the record on, tell those who have it to stop using it.",
)
_ERASE = (
    "该记录属于另一主体：不得与原先查询的主体再作任何关联，有关的副本一律删除。",
    "The record is another subject's: never link it again to the subject you asked about, and delete every copy.",
)

WHAT_TO_DO = {
    "corrected": (_REPLACE, _REVIEW, _PASS_ON),
    "repaired": (_STOP, _LIFT, _PASS_ON),
    "annulled": (_STOP, _LIFT, _REVIEW, _PASS_ON),
    "expired": (_STOP, _PASS_ON),
    "unlinked": (_ERASE, _REVIEW, _PASS_ON),
}
