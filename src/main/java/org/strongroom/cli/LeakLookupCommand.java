package org.strongroom.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.strongroom.kernel.ErrorCode;
import org.strongroom.kernel.VaultException;
import org.strongroom.leak.lookup.Leak;
import org.strongroom.leak.lookup.LookupKind;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code strongroom leak lookup}. */
@Command(
    name = "lookup",
    description = {
      "Ask whether an identifier is in a registered leak, without telling which identifier.",
      "The vault is told 16 bits of a hash of it, and not whether it was found. Needs"
          + " STRONGROOM_TOKEN of a role with the act look-up-leak. What an account may ask in an"
          + " hour is limited. VALUE is always \"-\": it is asked for, or read from standard input,"
          + " which keeps it out of the process list."
    })
final class LeakLookupCommand extends VaultCommand {
  private static final String ASKED_FOR = "-";

  @ArgGroup(multiplicity = "1")
  private @Nullable Sought sought;

  /** One of these. */
  static final class Sought {
    @Option(names = "--email", paramLabel = "VALUE", description = "An e-mail address.")
    private @Nullable String email;

    @Option(names = "--phone", paramLabel = "VALUE", description = "A telephone number.")
    private @Nullable String phone;

    @Option(
        names = "--resident-id",
        paramLabel = "VALUE",
        description = "A Chinese resident identity number.")
    private @Nullable String residentId;

    LookupKind kind() {
      return email != null
          ? LookupKind.EMAIL
          : phone != null ? LookupKind.PHONE : LookupKind.RESIDENT_ID;
    }

    boolean isAskedFor() {
      return ASKED_FOR.equals(email) || ASKED_FOR.equals(phone) || ASKED_FOR.equals(residentId);
    }
  }

  private final Host host;

  LeakLookupCommand(Host host, Vaults vaults, Console console) {
    super(vaults, console);
    this.host = host;
  }

  @Override
  void run(Session session) {
    Sought of = Objects.requireNonNull(sought);
    if (!of.isAskedFor()) {
      throw new VaultException(
          ErrorCode.BAD_REQUEST,
          "everybody on this machine sees what stands in a command line: give \"-\", and the"
              + " value when it is asked for");
    }
    String raw = new String(console().secret(of.kind().text()));
    List<Leak> leaks = host.enquiry(session.lookups()).find(of.kind(), raw);
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("found", !leaks.isEmpty());
    answer.put("leaks", leaks);
    print(
        answer,
        leaks.isEmpty()
            ? "not found in any registered leak"
            : leaks.stream().map(LeakLookupCommand::text).collect(Collectors.joining("\n")));
  }

  private static String text(Leak leak) {
    String found = "found in leak \"" + leak.name() + "\" of " + leak.date();
    return leak.note().isEmpty() ? found : found + "\n  " + leak.note();
  }
}
