"""The portal's addresses; URL names and view names are the same word."""

from django.urls import path

from contacts.views import acts, drafts, entry, health, history, in_leonar, live, privacy, submission, suggestions

urlpatterns = [
    path("", entry.home, name="home"),
    path("contacts/new/", entry.entry, name="entry"),
    path("contacts/new/live/", live.live, name="live"),
    path("contacts/new/in-leonar/", in_leonar.in_leonar, name="in_leonar"),
    path("drafts/", drafts.drafts, name="drafts"),
    path("drafts/keep/", drafts.keep_draft, name="keep_draft"),
    path("drafts/<uuid:draft_id>/discard/", drafts.discard_draft, name="discard_draft"),
    path("submissions/", history.history, name="history"),
    path("submissions/export.csv", history.export, name="export"),
    path("submissions/views/", history.save_view, name="save_view"),
    path("submissions/views/<int:view_id>/remove/", history.remove_view, name="remove_view"),
    path("submissions/act/", acts.act_on_many, name="act_on_many"),
    path("submissions/<uuid:submission_id>/", submission.submission, name="submission"),
    path("submissions/<uuid:submission_id>/status.json", submission.status, name="status"),
    path("submissions/<uuid:submission_id>/correct/", acts.correct, name="correct"),
    path("submissions/<uuid:submission_id>/send-again/", acts.send_again, name="send_again"),
    path("submissions/<uuid:submission_id>/check-again/", acts.check_again, name="check_again"),
    path("submissions/<uuid:submission_id>/pick/", acts.pick, name="pick"),
    path("submissions/<uuid:submission_id>/discard/", acts.discard, name="discard"),
    path("submissions/<uuid:submission_id>/told/", privacy.told, name="told"),
    path("privacy/", privacy.privacy, name="privacy"),
    path("privacy/person/", privacy.person, name="person"),
    path("privacy/person/data/", privacy.person_data, name="person_data"),
    path("privacy/person/erase/", privacy.erase_person, name="erase_person"),
    path("privacy/receipts/<int:event_id>/", privacy.receipt, name="receipt"),
    path("suggestions/", suggestions.suggestions, name="suggestions"),
    path("gate/reopen/", acts.reopen_gate, name="reopen_gate"),
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
]
