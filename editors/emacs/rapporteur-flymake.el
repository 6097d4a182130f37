;;; rapporteur-flymake.el --- Check meeting records as they are written  -*- lexical-binding: t; -*-

;; License: MIT OR Apache-2.0
;; Version: 0.1.0
;; Package-Requires: ((emacs "27.1"))
;; Keywords: tools, convenience
;; URL: https://example.org/rapporteur

;;; Commentary:

;; A backend of Flymake for rapporteur, a linter for meeting records.  The text of the buffer is checked as it stands, saved or
;; not, with the other records of the project around it.
;;
;;     (add-to-list 'load-path "/path/to/rapporteur/editors/emacs")
;;     (require 'rapporteur-flymake)
;;     (add-hook 'find-file-hook #'rapporteur-flymake-setup)
;;
;; `rapporteur-flymake-setup' does nothing outside of projects that have a rapporteur.toml.

;;; Code:

(require 'flymake)
(require 'json)
(require 'subr-x)

(defgroup rapporteur nil
  "A linter for meeting records."
  :group 'tools)

(defcustom rapporteur-program "rapporteur"
  "The name or path of the program."
  :type 'string)

(defvar-local rapporteur-flymake--process nil
  "The check of this buffer that runs, if any.")

(defconst rapporteur-flymake--types '(("error" . :error) ("warning" . :warning) ("info" . :note))
  "The types of Flymake for the severities of findings.")

;;;###autoload
(defun rapporteur-flymake-setup ()
  "Check this buffer if it visits a record of a project that has a rapporteur.toml."
  (when (and buffer-file-name
             (string-match-p "\\.\\(json\\|jsonl\\|ndjson\\|ya?ml\\)\\'" buffer-file-name)
             (not (file-remote-p buffer-file-name))
             (rapporteur-flymake--project))
    (add-hook 'flymake-diagnostic-functions #'rapporteur-flymake nil t)
    (flymake-mode 1)))

(defun rapporteur-flymake--project ()
  "The folder of the project of this buffer, in which its rapporteur.toml lies."
  ;; As the program looks for it: from the file on, and if that is a link out of every project, from the link on.
  (or (locate-dominating-file (file-truename buffer-file-name) "rapporteur.toml")
      (locate-dominating-file buffer-file-name "rapporteur.toml")))

(defun rapporteur-flymake (report &rest _)
  "Check the text of this buffer and hand the findings to REPORT."
  (unless (executable-find rapporteur-program)
    (error "%s is not installed" rapporteur-program))
  (when (process-live-p rapporteur-flymake--process)
    (kill-process rapporteur-flymake--process))
  (let* ((source (current-buffer))
         (output (generate-new-buffer " *rapporteur*"))
         (errors (generate-new-buffer " *rapporteur errors*"))
         (process
          (make-process
           :name "rapporteur" :noquery t :connection-type 'pipe :coding 'utf-8-unix
           :buffer output :stderr errors
           :command (list rapporteur-program "check" "--format" "json" "--stdin-filename" buffer-file-name)
           :sentinel (lambda (process _)
                       (unless (process-live-p process)
                         (unwind-protect
                             (rapporteur-flymake--ended process source output errors report)
                           (kill-buffer output)
                           (kill-buffer errors)))))))
    ;; It is read to its end by the time that the findings are, and says nothing by itself.
    (set-process-sentinel (get-buffer-process errors) #'ignore)
    (setq rapporteur-flymake--process process)
    ;; A program that ends before it has read all says why, and its end is reported.
    (ignore-errors
      (save-restriction
        (widen)
        (process-send-region process (point-min) (point-max)))
      (process-send-eof process))))

(defun rapporteur-flymake--ended (process source output errors report)
  "Hand what PROCESS found in SOURCE and wrote to OUTPUT to REPORT.
If it could not check, what it wrote to ERRORS is shown at the first line and
goes to the log of Flymake."
  (when (and (buffer-live-p source)
             (eq process (buffer-local-value 'rapporteur-flymake--process source)))
    (pcase (process-exit-status process)
      ;; 4 is an input that could not be read, next to which the rest was checked.
      ((or 0 1 4)
       (let ((found (with-current-buffer output
                      (goto-char (point-min))
                      (let ((json-object-type 'alist) (json-array-type 'list) (json-null nil))
                        (alist-get 'findings (json-read))))))
         (with-current-buffer source
           (let ((project (or (rapporteur-flymake--project) default-directory)))
             (funcall report (delq nil (mapcar (lambda (one) (rapporteur-flymake--diagnostic one project)) found)))))))
      ;; Nothing to check.
      (3 (funcall report nil))
      (_ (let ((text (string-trim (with-current-buffer errors (buffer-string)))))
           (flymake-log :warning "rapporteur: %s" text)
           (with-current-buffer source
             (funcall report (list (rapporteur-flymake--unchecked text)))))))))

(defun rapporteur-flymake--unchecked (text)
  "The diagnostic of Flymake at the first line of this buffer for TEXT.
That says why the buffer is not checked."
  (save-restriction
    (widen)
    (let ((end (save-excursion (goto-char (point-min)) (line-end-position))))
      (flymake-make-diagnostic (current-buffer) (point-min) (max end (min (1+ (point-min)) (point-max)))
                               :note (concat "not checked: " text)))))

(defun rapporteur-flymake--diagnostic (finding project)
  "The diagnostic of Flymake for FINDING in PROJECT, if it is in this buffer."
  (let-alist finding
    (when (equal (file-truename (expand-file-name .path project)) (file-truename buffer-file-name))
      (let* ((begin (rapporteur-flymake--position .span.start.line .span.start.column))
             (end (rapporteur-flymake--position .span.end.line .span.end.column))
             ;; A place without extent is shown as the thing that begins there.
             (region (if (< begin end) (cons begin end)
                       (or (flymake-diag-region (current-buffer) .span.start.line .span.start.column)
                           (cons begin (min (1+ begin) (point-max))))))
             (text (format "%s [%s]%s" .message .rule (if .help (concat "\n" .help) ""))))
        (flymake-make-diagnostic (current-buffer) (car region) (cdr region)
                                 (cdr (assoc .severity rapporteur-flymake--types)) text)))))

(defun rapporteur-flymake--position (line column)
  "The position of COLUMN, counted in characters from 1, of LINE, counted from 1."
  (save-excursion
    (save-restriction
      (widen)
      (goto-char (point-min))
      (forward-line (1- line))
      (min (+ (point) (1- column)) (line-end-position)))))

(provide 'rapporteur-flymake)
;;; rapporteur-flymake.el ends here
