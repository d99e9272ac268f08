package org.strongroom.cli;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a command line came to that needs no vault, run in this process. */
record Ran(int exit, String out, String err) {
  /** Runs it with nothing in the environment; not while another runs, since it takes stdout. */
  static Ran offline(String... arguments) {
    PrintStream out = System.out;
    PrintStream err = System.err;
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    ByteArrayOutputStream complained = new ByteArrayOutputStream();
    try {
      System.setOut(new PrintStream(said, true, StandardCharsets.UTF_8));
      System.setErr(new PrintStream(complained, true, StandardCharsets.UTF_8));
      int exit = Strongroom.run(noHost(), Map.of(), arguments);
      return new Ran(
          exit, said.toString(StandardCharsets.UTF_8), complained.toString(StandardCharsets.UTF_8));
    } finally {
      System.setOut(out);
      System.setErr(err);
    }
  }

  private static Host noHost() {
    return (Host)
        Proxy.newProxyInstance(
            Host.class.getClassLoader(),
            new Class<?>[] {Host.class},
            (Object proxy, java.lang.reflect.Method method, Object @Nullable [] given) -> {
              throw new AssertionError("offline: " + method.getName());
            });
  }
}
