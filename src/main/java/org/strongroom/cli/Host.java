package org.strongroom.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.strongroom.ingest.Progress;
import org.strongroom.leak.lookup.Enquiry;
import org.strongroom.leak.lookup.LookupPort;
import org.strongroom.vault.SavedNote;
import org.strongroom.vault.Verification;

/** What the command line needs of the program around it, which alone opens stores. */
public interface Host {
  /**
   * Makes a vault.
   *
   * @return the one-time enrolment code of its first administrator
   */
  String init(Path directory, Path keyFile);

  /**
   * Opens a vault directory.
   *
   * @param token who is asking; empty for the operator
   */
  Session open(Path directory, Path keyFile, Optional<String> token);

  /**
   * Verifies a vault directory as the operator, also one that is too damaged to be opened.
   *
   * @param saved checkpoints that were kept elsewhere
   */
  Verification.Summary verify(
      Path directory, Path keyFile, List<SavedNote> saved, Verification.Listener listener);

  /** Serves a vault directory until {@link Serving#close}; returns once it listens. */
  Serving serve(ServeOptions options);

  /**
   * Makes or opens the vault of the demonstration and gives every role a fresh token.
   *
   * @param subjects how many synthetic residents a new one gets
   */
  Demo demo(Path directory, long subjects, Progress progress);

  /** Somebody who looks identifiers up by {@code port}, on this machine. */
  Enquiry enquiry(LookupPort port);

  /** Runs a witness until {@link Serving#close}; returns once it listens. */
  Witnessing witness(WitnessOptions options);

  /**
   * Makes a witness's key.
   *
   * @param keyFile a new file
   * @param name of the witness
   * @return the public half, as text
   */
  String witnessKey(Path keyFile, String name);

  /**
   * What to serve, and where.
   *
   * @param listen {@code HOST:PORT}
   * @param certificate PEM file, with its key; both or neither
   * @param openLog whether everybody may see the sealed audit log
   */
  record ServeOptions(
      Path directory,
      Path keyFile,
      String listen,
      Optional<Path> certificate,
      Optional<Path> certificateKey,
      boolean openLog) {}

  /**
   * What to witness, and where.
   *
   * @param listen {@code HOST:PORT}
   * @param logs their keys, as text
   * @param logFile more of them, one a line
   * @param certificate PEM file, with its key; both or neither
   */
  record WitnessOptions(
      String listen,
      Path keyFile,
      Path state,
      List<String> logs,
      Optional<Path> logFile,
      Optional<Path> certificate,
      Optional<Path> certificateKey) {
    public WitnessOptions {
      logs = List.copyOf(logs);
    }
  }

  /** A witness being run. */
  interface Witnessing extends Serving {
    /** Its public key, as text. */
    String key();
  }

  /** A vault being served. */
  interface Serving extends AutoCloseable {
    /** Such as {@code https://127.0.0.1:8443}. */
    String address();

    /** The PEM file that clients trust, when the vault made its own certificate. */
    Optional<Path> certificate();

    /** Lets requests in flight finish, then closes the vault. Idempotent. */
    @Override
    void close();
  }

  /**
   * A demonstration vault.
   *
   * @param tokens by role
   * @param example a resident to look for
   */
  record Demo(
      Path directory,
      Path keyFile,
      java.util.Map<String, String> tokens,
      Example example,
      boolean fresh) {}

  /** A synthetic resident's search values. */
  record Example(String residentId, String phone) {}
}
