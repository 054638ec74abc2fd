package io.ocssd.cli.watch;

import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import io.ocssd.cli.frame.Failure;
import io.ocssd.scheduler.Scheduler;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.management.JMException;
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;
import javax.management.openmbean.CompositeData;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;
import jdk.management.jfr.RemoteRecordingStream;

/**
 * Another Java process of the same user, whose flight recorder is listened to: attached to, its local management agent started,
 * its events streamed from there. The recording ends with the connection; the agent stays, open to the same user alone.
 */
final class WatchedProcess {
    private static final String RECORDER = "jdk.management.jfr:type=FlightRecorder";
    private static final int MOST_ATTEMPTS = 5;
    private static final long LOOK_NANOS = 50_000_000;
    private static final String NEEDED = "this needs a Java with the modules jdk.attach and jdk.management.jfr";

    private final long process;

    private WatchedProcess(long process) {
        this.process = process;
    }

    /**
     * The process with this id.
     *
     * @throws Failure when there is none, or it is no Java process that can be attached to
     */
    static WatchedProcess of(long process) {
        if (ProcessHandle.of(process).isEmpty()) {
            throw Failure.refused("there is no process " + process, "ps or jcmd -l list the processes that run");
        }
        if (process == ProcessHandle.current().pid()) {
            throw Failure.refused("process " + process + " is this command itself", "give another process");
        }
        // What is no Java VM would take the signal that attaching begins with for an order to end.
        boolean known =
                VirtualMachine.list().stream().anyMatch(each -> each.id().equals(Long.toString(process)));
        if (!known || !runsJava(process)) {
            throw Failure.refused(
                    "process " + process + " is no Java process of this user",
                    "run this as the user that it runs as; jcmd -l lists those that can be watched");
        }
        return new WatchedProcess(process);
    }

    /** Whether a Java VM is loaded there, as far as this system tells. */
    private static boolean runsJava(long process) {
        Path maps = Path.of("/proc", Long.toString(process), "maps");
        try {
            return Files.readString(maps, StandardCharsets.ISO_8859_1).contains("libjvm");
        } catch (IOException e) {
            return !Files.exists(Path.of("/proc/self/maps"));
        }
    }

    /** Learns what happens there; called by one thread of the JDK. */
    interface Listener {
        /** Counters of a drive or a target. */
        void counters(Counters counters);

        /** Everything up to now was told; about once a second. False to end. */
        boolean flushed();
    }

    /**
     * Listens until the listener has enough or the process ends.
     *
     * @param period how often counters are read
     * @return whether the listener had enough
     * @throws Failure when no drive is open there
     */
    // The address comes from a process of the same user, to which this one has just attached; it names no directory.
    @SuppressWarnings("BanJNDI")
    boolean listen(Duration period, Listener listener) throws IOException {
        JMXConnector connector = JMXConnectorFactory.connect(new JMXServiceURL(agent()));
        try {
            MBeanServerConnection connection = connector.getMBeanServerConnection();
            return listen(stream(connection), connection, period, listener);
        } finally {
            closeQuietly(connector);
        }
    }

    /** A flight recorder that is just being started there may refuse a recording; a little later it does not. */
    private static RemoteRecordingStream stream(MBeanServerConnection connection) throws IOException {
        try (Scheduler scheduler = Scheduler.real()) {
            for (int attempt = 1; ; attempt++) {
                try {
                    return new RemoteRecordingStream(connection);
                } catch (IOException e) {
                    if (attempt == MOST_ATTEMPTS) {
                        throw e;
                    }
                    scheduler.sleepUntil(scheduler.nanoTime() + LOOK_NANOS);
                }
            }
        }
    }

    private boolean listen(
            RemoteRecordingStream stream, MBeanServerConnection connection, Duration period, Listener listener)
            throws IOException {
        AtomicBoolean enough = new AtomicBoolean();
        try {
            if (!knowsDrives(connection)) {
                throw noDrive();
            }
            for (String event : new String[] {Counters.DEVICE_EVENT, Counters.TARGET_EVENT}) {
                stream.enable(event).withPeriod(period);
                stream.onEvent(event, each -> listener.counters(Counters.of(each)));
            }
            stream.onFlush(() -> {
                if (!enough.get() && !listener.flushed()) {
                    enough.set(true);
                }
            });
            stream.startAsync();
            awaitEnd(enough);
        } finally {
            closeQuietly(stream);
        }
        return enough.get();
    }

    /** Closes something whose other end may be gone, which is no news then. */
    private void closeQuietly(AutoCloseable closeable) throws IOException {
        try {
            closeable.close();
        } catch (Exception e) {
            if (ProcessHandle.of(process).isPresent()) {
                throw new IOException("the connection to process " + process + " was lost: " + e.getMessage(), e);
            }
        }
    }

    /** The stream does not notice that its process has ended, so this looks now and then. */
    private void awaitEnd(AtomicBoolean enough) {
        try (Scheduler scheduler = Scheduler.real()) {
            while (!enough.get() && ProcessHandle.of(process).isPresent()) {
                scheduler.sleepUntil(scheduler.nanoTime() + LOOK_NANOS);
            }
        }
    }

    /** What to say when no drive is open there. */
    Failure noDrive() {
        return Failure.refused(
                "process " + process + " has no drive open",
                "give the process that owns the drive; ocssd -d emu:FILE device watch finds it");
    }

    /** Whether a drive was ever opened there: the event of drives is known from then on. */
    private static boolean knowsDrives(MBeanServerConnection connection) throws IOException {
        try {
            // Not by EventTypeInfo, which Java 17 can't make of what it is sent.
            CompositeData[] types = (CompositeData[]) connection.getAttribute(new ObjectName(RECORDER), "EventTypes");
            return Arrays.stream(types).anyMatch(each -> Counters.DEVICE_EVENT.equals(each.get("name")));
        } catch (JMException e) {
            throw Failure.refused("its Java has no flight recorder: " + e.getMessage(), NEEDED);
        }
    }

    private String agent() throws IOException {
        VirtualMachine machine;
        try {
            machine = VirtualMachine.attach(Long.toString(process));
        } catch (AttachNotSupportedException e) {
            throw Failure.refused(
                    "process " + process + " can't be attached to: " + e.getMessage(),
                    "run this as the user that it runs as, and check that it is not started with -XX:+DisableAttachMechanism");
        }
        try {
            return machine.startLocalManagementAgent();
        } finally {
            machine.detach();
        }
    }
}
