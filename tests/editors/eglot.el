;;; eglot.el --- What Eglot shows for a record  -*- lexical-binding: t; -*-

;;; Commentary:

;; $PROJECT is the project, $OUT takes the answer, $COUNT is how many diagnostics there will be.

;;; Code:

(require 'eglot)
(require 'json)
(require 'yaml-mode)

(setq eglot-sync-connect 10)
(find-file (expand-file-name "records/forum.yaml" (getenv "PROJECT")))
(unless (eq major-mode 'yaml-mode)
  (error "The mode is %s" major-mode))
;; Without a version control system the folder of the file is the project of Emacs; the server finds the one above.
(apply #'eglot (eglot--guess-contact))

(let ((rounds 0) (severities '((eglot-error . "error") (eglot-warning . "warning") (eglot-note . "info"))))
  (while (and (< rounds 600) (/= (length (flymake-diagnostics)) (string-to-number (getenv "COUNT"))))
    (accept-process-output nil 0.05)
    (when (zerop (mod rounds 10)) (flymake-start))
    (setq rounds (1+ rounds)))
  (with-temp-file (expand-file-name "shown" (getenv "OUT"))
    (insert
     (json-encode
      (vconcat
       (with-current-buffer "forum.yaml"
         (mapcar
          (lambda (diagnostic)
            (save-excursion
              (goto-char (flymake-diagnostic-beg diagnostic))
              (vector (line-number-at-pos) (1+ (- (point) (line-beginning-position)))
                      (cdr (assq (flymake-diagnostic-type diagnostic) severities)))))
          (flymake-diagnostics))))))))
(eglot-shutdown (eglot-current-server))

;;; eglot.el ends here
