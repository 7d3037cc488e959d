# The frame
menu = Menu
screen-read = Read
screen-compare = Compare
help = Keys and help
change-theme = Change colours
toggle-left = Left panel (Ctrl+B)
toggle-inspector = Inspector (Ctrl+I)
undo = Undo
undo-named = Undo: { $edit }
redo = Redo
redo-named = Redo: { $edit }
back = Back
forward = Forward
ok = OK
cancel = Cancel

# Projects and files
open-files = Open files…
open-folder = Open folder…
new-project = New project…
open-project = Open project…
import-typed = Import by path…
open-typed = Open project by path…
open-sample = Open the sample project
recent-projects = Recent projects
type-path-import = Path of the file or folder to import:
type-path-project = Path of the project folder:
type-path-new = Path of an empty folder for the new project:
path-hint = Full path
welcome = This is the sample project; try anything. To read your own files:
close-welcome = Got it
opening = Opening…

# Settings
language = Language
colours = Colours
theme-light = Light
theme-dark = Dark
theme-paper = Paper
reading-size = Text size { $size }
smaller-text = Smaller text
larger-text = Larger text
show-furniture = Show page furniture

# Library and outline
plans = Plans
library-empty = No plans yet. Drop files here, or open them from the menu.
library-row = { $name } { $title }, tagged { $tagged }/{ $items }
outline = Outline
filter-none = All items
filter-by-tag = Filter by tag: { $tag }

# Reading
reader-empty = Drop plans on the window, or open files from the menu.
reading-plan = Reading { $plan }…
furniture = Page furniture
table-domain = Domain
table-indicator = Indicator
table-unit = Unit

# Inspector
inspector-empty = Choose an item to see its tags, note and facts.
copy-citation = Copy citation
tags = Tags
no-tags = No tags yet. Press T to pick one.
remove-tag = Remove tag { $tag }
note = Note
note-hint = Write a note
codebook = Codebook
find-tag = Find a tag
facts = Facts
departments-lead = Lead: { $names }
departments-others = Taking part: { $names }
target = Target: { $words }
baseline = Baseline: { $words }
source-line = Line { $line } of the source
source-lines = Lines { $from }–{ $to } of the source

# Comparing
compare-whole-texts = Whole texts
choose-plan = Choose a plan
side-a = A: { $plan }
side-b = B: { $plan }
swap-sides = Swap sides
item-count = { $count } items
theme-row = { $tag }: A { $a }, B { $b }
theme-none = { $plan } has no item tagged “{ $tag }”
theme-none-hint = Absence is a finding; check first that this plan is fully tagged.
theme-count = “{ $tag }”: { $count }
open-in-reader = Open in the reader

# Status
saved = Saved
saving = Saving…
not-saved = Not saved
save-failed = Could not save; your edits are kept and tried again. { $problem }
retry = Try now
coder = Coder
coder-hint = Name
tagged-of = Tagged { $done }/{ $all }
unanchored = { $count } unanchored
zoom = Zoom { $percent }%

# Importing
importing = Importing { $done }/{ $total }: { $name }
import-summary = Imported { $imported }, already there { $known }, failed { $failed }
import-done-one = imported as { $plan }
import-known = already in the project: { $plan }
close-report = Close the import results
close-notice = Close this notice

# Edits
edit-tag = tag “{ $tag }” on { $clause }
edit-untag = remove “{ $tag }” from { $clause }
edit-note = note on { $clause }
edit-project-note = note on the project
edit-create-tag = new tag “{ $tag }”
edit-alter-tag = change of tag “{ $tag }”
edit-merge-tags = merging “{ $from }” into “{ $into }”
edit-split-tag = splitting “{ $tag }”
edit-delete-tag = deleting tag “{ $tag }”
edit-import-codebook = import of a codebook
edit-reanchor = place of the annotation on { $clause }
edit-remove = removal from { $clause }

# Errors
error-line = { $path }: { $what }
error-not-found = not found; it may have been moved or renamed.
error-permission = no right to use it; check the permissions of the folder.
error-disk-full = the disk is full; make room.
error-read-only = the disk is read-only; copy the project elsewhere.
error-system = the system could not do it ({ $detail }).
error-damaged = the file is damaged at { $place }; restore it from backups or mend it in a text editor.
error-newer = the file has format version { $found }, this program knows up to { $known }; update the program.
error-partly-damaged = the file is damaged at { $place }: { $kept } records were read, { $lost } could not be; compare with the backups.
error-conflict-copy = a sync tool made this conflict copy of { $original }; merge it, or delete it.
read-only-unreadable = the file cannot be read now; it is left as it is.
read-only-rights = open for reading only: no right to write in this folder.
read-only-held = open for reading only: { $coder } has it open ({ $user } on { $host }). Close it there or take it over.
error-not-a-project = this folder is not a project (no project.ron); choose another or make a new one.
error-not-empty = the folder is not empty; choose an empty or a new one.
error-empty = there is no text in the file; check that it was saved completely.
error-not-text = this is not a text document; choose txt, md, html, mhtml, docx or pdf.
error-too-large = the file is too large; split it.
error-import = could not be read ({ $detail }).
notice-damaged = A file is damaged and was kept aside; the rest is open. { $problem }
notice-conflict = This place was changed elsewhere; nothing was done.

# Genres
genre-work-points = Work points
genre-five-year-plan = Five-year plan
genre-action-plan = Action plan
genre-scheme = Scheme
genre-work-report = Work report
genre-regulation = Regulation
genre-other = Other

# Keys
key-step = Next, previous item
key-fold = Fold, unfold
key-untagged = Next untagged item
key-tag = Pick a tag
key-note = Write a note
key-undo = Undo
key-redo = Redo
key-back = Back, forward
key-panels = Panels
key-zoom = Zoom
key-help = This page

# Correcting the reader
correct-outline = Correct the outline
correct-promote = One level up
correct-demote = One level down
correct-heading = Make it a heading
correct-paragraph = Make it a paragraph
correct-merge = Merge with the one before
correct-split = Split here
correct-furniture = It belongs to the page
correct-not-furniture = It belongs to the plan
corrected = set right by a reader
edit-correct = { $operation }: { $clause }
edit-metadata = change { $field }
about-plan = About the plan
field-title = title
field-city = city
field-years = years
field-issuer = issuer
field-number = document number
field-date = date
evidence-line = from line { $line }
evidence-inferred = inferred from { $hints } (confidence { $confidence } %)
evidence-reader = set by a reader
evidence-none = nothing found in the text; you may fill it in
notice-not-understood = “{ $words }” is not understood: write a city's name, years as 2017 or 2017-2020, a date as 2017-07-07.

# What the reader was not sure of
warning-unstructured = No numbering was found; shown as paragraphs.
warning-numbering = Line { $line }: the document's own numbering has a fault: { $detail }
warning-table = Line { $line }: the table row can be split in several ways: { $detail }
warning-place = The city was inferred: { $detail }
warning-several = Several documents stand in this file.
