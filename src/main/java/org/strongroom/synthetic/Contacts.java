package org.strongroom.synthetic;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * Mobile numbers over the ranges in use, and e-mail addresses under the domains that RFC 2606 keeps
 * free. Both by permutation of the ordinal: e-mail addresses never repeat, phone numbers not within
 * 2^31 records. Immutable.
 */
final class Contacts {
  private static final int PREFIX_BITS = 8;
  private static final int LINE_BITS = 23;
  private static final int MAIL_BITS = 35;
  private static final int LINES = 100_000_000;
  private static final int STRIDE = 61_803_399;
  private static final int DIGITS = 36;
  private static final int MAIL_DIGITS = 7;

  /** Prefixes of mobile numbers, then their weight. No prefix may hold more than 11 tickets. */
  private static final int[][] PREFIXES = {
    {134, 7}, {135, 9}, {136, 9}, {137, 9}, {138, 10}, {139, 10}, {147, 3}, {150, 8}, {151, 8},
    {152, 7}, {157, 5}, {158, 8}, {159, 8}, {178, 5}, {182, 7}, {183, 7}, {184, 4}, {187, 8},
    {188, 7}, {195, 4}, {198, 4}, {130, 6}, {131, 6}, {132, 5}, {145, 2}, {155, 6}, {156, 6},
    {166, 4}, {175, 4}, {176, 5}, {185, 6}, {186, 7}, {133, 6}, {153, 6}, {173, 5}, {177, 6},
    {180, 6}, {181, 6}, {189, 7}, {191, 3}, {193, 3}, {199, 4}, {190, 1}, {192, 1}, {165, 1},
    {167, 1}, {170, 2}, {171, 2}, {196, 1}, {197, 1}
  };

  private static final byte[] COUNTRY = "+86".getBytes(UTF_8);
  private static final byte[] ALPHABET = "0123456789abcdefghijklmnopqrstuvwxyz".getBytes(UTF_8);
  private static final byte[][] HOSTS =
      Facts.words(
          "@mail.example.com @post.example.com @example.net @mobile.example.net @example.org");

  private final Tickets prefixes;
  private final Scatter phones;
  private final Scatter mails;

  Contacts(long key) {
    long[] weights = new long[PREFIXES.length];
    for (int k = 0; k < weights.length; k++) {
      weights[k] = PREFIXES[k][1];
    }
    prefixes = Tickets.deal(weights, PREFIX_BITS);
    phones = new Scatter(key, PREFIX_BITS + LINE_BITS);
    mails = new Scatter(~key, MAIL_BITS);
  }

  /** Appends a mobile number as E.164. */
  void writePhone(long i, ByteSink to) {
    long number = phones.at(i & (phones.size() - 1));
    int ticket = (int) (number >>> LINE_BITS);
    int prefix = prefixes.owner(ticket);
    long rank = (long) (ticket - prefixes.first(prefix)) << LINE_BITS;
    rank |= number & ((1 << LINE_BITS) - 1);
    to.put(COUNTRY);
    to.putDigits(PREFIXES[prefix][0], 3);
    // Coprime to the number of lines, so one to one; spreads them over the whole range.
    to.putDigits((int) (rank * STRIDE % LINES), 8);
  }

  /** Appends an e-mail address. */
  void writeMail(long i, byte[] surname, Dice dice, ByteSink to) {
    to.put(surname);
    to.put('.');
    long rest = mails.at(i);
    for (int k = 0; k < MAIL_DIGITS; k++) {
      to.put(ALPHABET[(int) (rest % DIGITS)]);
      rest /= DIGITS;
    }
    to.put(HOSTS[dice.below(HOSTS.length)]);
  }
}
