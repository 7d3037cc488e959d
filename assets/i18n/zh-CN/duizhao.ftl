# The frame
menu = 菜单
screen-read = 阅读
screen-compare = 对照
help = 按键与帮助
change-theme = 换配色
toggle-left = 左栏 (Ctrl+B)
toggle-inspector = 检查器 (Ctrl+I)
undo = 撤销
undo-named = 撤销：{ $edit }
redo = 重做
redo-named = 重做：{ $edit }
back = 后退
forward = 前进
ok = 确定
cancel = 取消

# Projects and files
open-files = 打开文件…
open-folder = 打开文件夹…
new-project = 新建项目…
open-project = 打开项目…
import-typed = 按路径导入…
open-typed = 按路径打开项目…
open-sample = 打开示例项目
recent-projects = 最近的项目
type-path-import = 要导入的文件或文件夹的路径：
type-path-project = 项目文件夹的路径：
type-path-new = 新项目的空文件夹的路径：
path-hint = 完整路径
welcome = 这是示例项目，可随意试用。要读自己的文件：
close-welcome = 知道了
opening = 正在打开…

# Settings
language = 语言
colours = 配色
theme-light = 浅色
theme-dark = 深色
theme-paper = 纸张
reading-size = 正文字号 { $size }
smaller-text = 正文小一号
larger-text = 正文大一号
show-furniture = 显示页面附属文字

# Library and outline
plans = 计划文件
library-empty = 还没有计划文件。把文件拖到这里，或从菜单打开。
library-row = { $name } { $title }，已标 { $tagged }/{ $items }
outline = 大纲
filter-none = 全部条目
filter-by-tag = 按标签筛选：{ $tag }

# Reading
reader-empty = 把计划文件拖到窗口里，或从菜单打开文件。
reading-plan = 正在读 { $plan }…
furniture = 页面附属文字
table-domain = 领域
table-indicator = 指标
table-unit = 单位

# Inspector
inspector-empty = 选一个条目，这里显示它的标签、批注和事实。
copy-citation = 复制引用
tags = 标签
no-tags = 还没有标签。按 T 选标签。
remove-tag = 去掉标签 { $tag }
note = 批注
note-hint = 写批注
codebook = 编码表
find-tag = 找标签
facts = 事实
departments-lead = 牵头：{ $names }
departments-others = 参与：{ $names }
target = 目标值：{ $words }
baseline = 基期值：{ $words }
source-line = 原文第 { $line } 行
source-lines = 原文第 { $from }–{ $to } 行

# Comparing
compare-whole-texts = 全文对读
choose-plan = 选计划文件
side-a = A：{ $plan }
side-b = B：{ $plan }
swap-sides = 左右互换
item-count = { $count } 个条目
theme-row = { $tag }：A { $a }，B { $b }
theme-none = { $plan }没有标为“{ $tag }”的条目
theme-none-hint = 缺项也是发现；请先确认该文件已标完。
theme-count = “{ $tag }”{ $count } 条
open-in-reader = 在阅读中打开

# Status
saved = 已保存
saving = 正在保存…
not-saved = 未能保存
save-failed = 未能保存，稍后自动重试，修改仍在内存中。{ $problem }
retry = 立即重试
coder = 编码员
coder-hint = 姓名
tagged-of = 已标 { $done }/{ $all }
unanchored = { $count } 条标注失去原位
zoom = 缩放 { $percent }%

# Importing
importing = 正在导入 { $done }/{ $total }：{ $name }
import-summary = 导入 { $imported } 份，已有 { $known } 份，未能导入 { $failed } 份
import-done-one = 已导入为 { $plan }
import-known = 已在项目中：{ $plan }
close-report = 关闭导入结果
close-notice = 关闭提示

# Edits
edit-tag = 标签“{ $tag }”→ { $clause }
edit-untag = 去掉“{ $tag }”← { $clause }
edit-note = 批注 { $clause }
edit-project-note = 项目批注
edit-create-tag = 新建标签“{ $tag }”
edit-alter-tag = 修改标签“{ $tag }”
edit-merge-tags = 合并“{ $from }”到“{ $into }”
edit-split-tag = 拆分标签“{ $tag }”
edit-delete-tag = 删除标签“{ $tag }”
edit-import-codebook = 导入编码表
edit-reanchor = 标注位置 { $clause }
edit-remove = 删除标注 { $clause }

# Errors
error-line = { $path }：{ $what }
error-not-found = 找不到，可能已移动或改名。
error-permission = 没有权限，请检查文件夹的权限。
error-disk-full = 磁盘已满，请腾出空间。
error-read-only = 磁盘是只读的，请把项目复制到别处。
error-system = 系统未能完成（{ $detail }）。
error-damaged = 文件已损坏，位置 { $place }；可从 backups 恢复，或用文本编辑器修复。
error-newer = 文件格式版本为 { $found }，本程序只认到 { $known }，请更新程序。
error-partly-damaged = 文件已损坏，位置 { $place }：读出 { $kept } 条，{ $lost } 条未能读出；请与备份核对。
error-conflict-copy = 这是同步软件为 { $original } 生成的冲突副本，请合并或删除。
read-only-unreadable = 文件暂时无法读取，未作改动。
read-only-rights = 以只读方式打开：没有写入此文件夹的权限。
read-only-held = 以只读方式打开：{ $coder } 正在使用（{ $host } 上的 { $user }）。请在那边关闭，或接管。
error-not-a-project = 这个文件夹不是项目（没有 project.ron），请另选，或新建项目。
error-not-empty = 文件夹不是空的，请选空文件夹或新文件夹。
error-empty = 文件里没有文字，请检查是否保存完整。
error-not-text = 不是文本文件，请选 txt、md、html、mhtml、docx 或 pdf。
error-too-large = 文件太大，请拆分。
error-import = 未能读取（{ $detail }）。
notice-damaged = 有文件损坏，已另存，其余照常打开。{ $problem }
notice-conflict = 这个位置已在别处改动，操作没有执行。

# Genres
genre-work-points = 工作要点
genre-five-year-plan = 五年规划
genre-action-plan = 行动计划
genre-scheme = 实施方案
genre-work-report = 工作报告
genre-regulation = 法规
genre-other = 其他

# Keys
key-step = 下一条、上一条
key-fold = 折叠、展开
key-untagged = 下一个未标条目
key-tag = 选标签
key-note = 写批注
key-undo = 撤销
key-redo = 重做
key-back = 后退、前进
key-panels = 左栏、检查器
key-zoom = 缩放
key-help = 本页

# Correcting the reader
correct-outline = 纠正大纲
correct-promote = 升一级
correct-demote = 降一级
correct-heading = 设为标题
correct-paragraph = 设为段落
correct-merge = 并入上一段
correct-split = 从这里拆分
correct-furniture = 标为页面附属文字
correct-not-furniture = 恢复为正文
corrected = 已由读者纠正
edit-correct = { $operation } { $clause }
edit-metadata = 修改{ $field }
about-plan = 计划信息
field-title = 标题
field-city = 城市
field-years = 年份
field-issuer = 发文机关
field-number = 文号
field-date = 日期
evidence-line = 依据：第 { $line } 行
evidence-inferred = 推断自 { $hints }（把握 { $confidence }%）
evidence-reader = 由读者填写
evidence-none = 文中没有依据，可以填写
notice-not-understood = “{ $words }”看不懂：城市写全名，年份写 2017 或 2017-2020，日期写 2017-07-07。

# What the reader was not sure of
warning-unstructured = 没有认出编号结构，按段落显示。
warning-numbering = 第 { $line } 行：文件自身的编号有缺号或重号 { $detail }
warning-table = 第 { $line } 行：表格有多种拆法 { $detail }
warning-place = 城市由线索推断：{ $detail }
warning-several = 文件里有不止一份文件。
