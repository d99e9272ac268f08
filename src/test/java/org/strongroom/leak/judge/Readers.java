package org.strongroom.leak.judge;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * A vault of 10 million subjects and 200 users who read in it, very unevenly: from a handful of
 * views to some hundred thousand. Whom they were shown is drawn when a subject is looked at. Each
 * belongs to one of twenty agencies, which are sources of their own.
 */
final class Readers {
  static final int USERS = 200;
  private static final int AGENCIES = 20;
  private static final double SUBJECTS = 10e6;
  private static final double MOST_VIEWS = 400_000;

  private final double[] reach = new double[USERS];
  private final Random random;

  Readers(Random random) {
    this.random = random;
    for (int i = 0; i < USERS; i++) {
      // From 4 to 400,000, evenly by order of magnitude.
      reach[i] = MOST_VIEWS * Math.pow(10, -5 * random.nextDouble()) / SUBJECTS;
    }
  }

  /** Gives one user a reach of his own, as a share of all subjects. */
  void set(int user, double share) {
    reach[user] = share;
  }

  List<Candidate> candidates() {
    List<Candidate> out = new ArrayList<>();
    for (int i = 0; i < USERS; i++) {
      out.add(new Candidate("user", "user-" + i));
    }
    for (int i = 0; i < AGENCIES; i++) {
      out.add(new Candidate("agency", "agency-" + i));
    }
    return out;
  }

  /** Subjects drawn from all of the vault. */
  List<int[]> anybody(int count) {
    return subjects(count, -1);
  }

  /** Subjects drawn from those whom one user was shown. */
  List<int[]> shownTo(int user, int count) {
    return subjects(count, user);
  }

  private List<int[]> subjects(int count, int certain) {
    int[][] found = new int[count][];
    int[] sizes = new int[count];
    for (int i = 0; i < count; i++) {
      found[i] = new int[4];
    }
    for (int user = 0; user < USERS; user++) {
      if (user == certain) {
        for (int i = 0; i < count; i++) {
          add(found, sizes, i, user);
        }
        continue;
      }
      // Skips by the geometric distribution instead of asking for every subject.
      double quiet = Math.log1p(-reach[user]);
      for (double i = skip(quiet); i < count; i += 1 + skip(quiet)) {
        add(found, sizes, (int) i, user);
      }
    }
    List<int[]> out = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      int[] users = Arrays.copyOf(found[i], sizes[i]);
      IntStream agencies = Arrays.stream(users).map(user -> USERS + user % AGENCIES);
      out.add(IntStream.concat(Arrays.stream(users), agencies).sorted().distinct().toArray());
    }
    return out;
  }

  private double skip(double quiet) {
    return Math.floor(Math.log1p(-random.nextDouble()) / quiet);
  }

  private static void add(int[][] found, int[] sizes, int subject, int user) {
    if (sizes[subject] == found[subject].length) {
      found[subject] = Arrays.copyOf(found[subject], 2 * sizes[subject]);
    }
    found[subject][sizes[subject]++] = user;
  }
}
