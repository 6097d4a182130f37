;;; flymake.el --- What Flymake shows for a record  -*- lexical-binding: t; -*-

;;; Commentary:

;; $PROJECT is the project, $LINK a link to it, $OUTSIDE a folder that is none, $OUT takes the answers.

;;; Code:

(require 'json)

(defun put-value (name value)
  "Write VALUE to the file NAME."
  (let ((coding-system-for-write 'utf-8))
    (with-temp-file (expand-file-name name (getenv "OUT"))
      (insert (json-encode value)))))

(defun shown ()
  "What Flymake shows in this buffer once it has checked it."
  (let ((rounds 0) (severities '((:error . "error") (:warning . "warning") (:note . "info"))))
    (flymake-start)
    (while (or (process-live-p rapporteur-flymake--process) (< rounds 4))
      (accept-process-output nil 0.05)
      (setq rounds (1+ rounds)))
    (vconcat
     (mapcar
      (lambda (diagnostic)
        (let ((begin (flymake-diagnostic-beg diagnostic))
              (text (car (split-string (flymake-diagnostic-text diagnostic) "\n"))))
          (save-excursion
            (widen)
            (goto-char begin)
            (vector (line-number-at-pos) (1+ (- begin (line-beginning-position)))
                    (buffer-substring-no-properties begin (flymake-diagnostic-end diagnostic))
                    (cdr (assq (flymake-diagnostic-type diagnostic) severities))
                    (replace-regexp-in-string " \\[[a-z-]+\\]\\'" "" text)))))
      (flymake-diagnostics)))))

(defun logged (work)
  "What the log of Flymake gains by WORK."
  (let ((said ""))
    (advice-add 'display-warning :before (lambda (_ text &rest _) (setq said (concat said text "\n"))) '((name . log)))
    (funcall work)
    (advice-remove 'display-warning 'log)
    said))

(defun in-project (path)
  "The file at PATH in the project."
  (expand-file-name path (getenv "PROJECT")))

(find-file (in-project "records/forum.yaml"))
(put-value "saved" (shown))

(goto-char (point-min))
(insert "# 😀 é\n")
(search-forward "Monday")
(replace-match "Friday")
;; What a person sees of a text is not all that is checked.
(narrow-to-region (line-beginning-position) (line-end-position))
(put-value "unsaved" (shown))

(erase-buffer)
(insert "{id: f, kind: event, name: F, language: en, start: \"2026-04-14T09:00\", end: \"2026-04-14T18:00\"}\n")
(put-value "right" (shown))

(let ((text (with-temp-buffer (insert-file-contents (in-project "rapporteur.toml")) (buffer-string))))
  (with-temp-file (in-project "rapporteur.toml") (insert "colour = \"red\"\n" text))
  (put-value "refused" (logged (lambda () (put-value "unchecked" (shown)))))
  (with-temp-file (in-project "rapporteur.toml") (insert text)))

;; What is wrong with records/forum.yaml is not wrong with this one, which has the same id and ends in the same names.
(make-directory (in-project "records/a/records") t)
(find-file (in-project "records/a/records/forum.yaml"))
(insert "{id: spring-forum, kind: event, name: F, language: en, start: \"2026-04-14T09:00\", end: \"2026-04-14T18:00\"}\n")
(put-value "twin" (shown))

(find-file (expand-file-name "records/forum.yaml" (getenv "LINK")))
(revert-buffer t t)
(put-value "linked" (shown))

(find-file (expand-file-name "alone.yaml" (getenv "OUTSIDE")))
(put-value "outside" flymake-mode)

(let ((rapporteur-program "no-such-program"))
  (find-file (in-project "records/été 2.json"))
  (put-value "missing" (logged (lambda () (flymake-start) (sit-for 0.1)))))

;;; flymake.el ends here
