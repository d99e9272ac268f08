package org.strongroom.vault;

import java.util.Map;
import java.util.Optional;
import org.strongroom.kernel.Id;

/** Builds a question: about residents, for an identity check, unless said otherwise. */
final class Asking {
  private String collection = "residents";
  private Map<String, String> where = Map.of();
  private Optional<Id> subject = Optional.empty();
  private String purpose = "identity-check";
  private Optional<String> reason = Optional.empty();
  private int limit = Question.Page.DEFAULT_LIMIT;
  private Optional<String> after = Optional.empty();
  private boolean history;

  /** What an investigator may ask: everything in clear. */
  static Asking seriousCrime() {
    return new Asking().purpose("serious-crime").reason("case 7");
  }

  /** What an officer may ask: clear but for what is sensitive. */
  static Asking caseWork() {
    return new Asking().purpose("case-work").reason("case 7");
  }

  Asking of(String name) {
    collection = name;
    return this;
  }

  Asking where(Map<String, String> values) {
    where = values;
    return this;
  }

  Asking where(String field, String value) {
    return where(Map.of(field, value));
  }

  Asking person(int i) {
    return where("resident_id", People.residentId(i));
  }

  Asking about(Id id) {
    subject = Optional.of(id);
    return this;
  }

  Asking purpose(String name) {
    purpose = name;
    return this;
  }

  Asking reason(String text) {
    reason = Optional.of(text);
    return this;
  }

  Asking limit(int most) {
    limit = most;
    return this;
  }

  Asking after(Optional<String> token) {
    after = token;
    return this;
  }

  Asking history() {
    history = true;
    return this;
  }

  Question question() {
    return new Question(
        collection, where, subject, purpose, reason, new Question.Page(limit, after), history);
  }
}
