package org.strongroom.http;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.ssl.SslConnection;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * Cuts off clients that dribble a handshake or headers for ever, each byte just in time for the
 * idle timeout (the attack called slowloris). Looks at each connection once a period: a first
 * request must have come within one; after that, headers that were begun must end within three.
 */
final class SlowHeaders implements Connection.Listener {
  private final Scheduler scheduler;
  private final long periodMillis;

  SlowHeaders(Scheduler scheduler, Duration period) {
    this.scheduler = scheduler;
    this.periodMillis = period.toMillis();
  }

  @Override
  public void onOpened(Connection connection) {
    // The TLS connection is opened together with the HTTP connection inside it, which is watched.
    if (!(connection instanceof SslConnection)) {
      new Watch(connection).again();
    }
  }

  private final class Watch implements Runnable {
    private final Connection connection;
    private long requests;
    private long bytes;
    private boolean begun;

    Watch(Connection connection) {
      this.connection = connection;
    }

    void again() {
      scheduler.schedule(this, periodMillis, TimeUnit.MILLISECONDS);
    }

    @Override
    public void run() {
      if (!connection.getEndPoint().isOpen()) {
        return;
      }
      long requestsNow = connection.getMessagesIn();
      long bytesNow = connection.getBytesIn();
      boolean waiting = requestsNow == connection.getMessagesOut();
      if (requestsNow == 0 || (begun && waiting && requestsNow == requests)) {
        connection.getEndPoint().close();
        return;
      }
      // Bytes without a request: some header was begun in this period; look again after the next.
      begun = waiting && requestsNow == requests && bytesNow > bytes;
      requests = requestsNow;
      bytes = bytesNow;
      again();
    }
  }
}
