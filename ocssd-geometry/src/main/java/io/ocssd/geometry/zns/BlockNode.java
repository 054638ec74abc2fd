package io.ocssd.geometry.zns;

import io.ocssd.error.BusyException;
import io.ocssd.error.NotFoundException;
import io.ocssd.error.NotRecognisedException;
import io.ocssd.error.OcssdException;
import io.ocssd.geometry.natives.Errno;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A node of a block device and what sysfs says of it. Stateless: it looks again at every call.
 *
 * @param path the node
 * @param folder its folder in sysfs
 * @param host where else to look; null when only sysfs is asked
 */
record BlockNode(String path, Path folder, Host host) {
    /** The number of a block device's queue attribute when there is no such attribute. */
    static final long ABSENT = -1;

    private static final String ZONED = "queue/zoned";

    /**
     * Finds a node.
     *
     * @throws OcssdException when it is not there, or no block device
     */
    static BlockNode of(String path, Host host) throws OcssdException {
        long number = host.kernel().blockDevice(path);
        if (number == -Errno.ENOENT) {
            throw new NotFoundException(
                    path + ": there is no such node", "ocssd device list shows the drives of this host");
        }
        if (number == -Errno.ENOTBLK) {
            throw new NotRecognisedException(
                    path + " is not a block device",
                    "zns: takes the block node of a namespace, such as zns:/dev/nvme0n1");
        }
        if (number < 0) {
            throw new OcssdException(
                    path + " can't be looked at: " + Errno.name((int) -number),
                    "it takes the right to search the folder that it is in, or CAP_DAC_READ_SEARCH");
        }
        Path folder = host.sysfs().resolve("dev/block/" + (number >>> Integer.SIZE) + ":" + (int) number);
        if (!Files.isDirectory(folder)) {
            throw new NotRecognisedException(
                    path + " is a node of a device that the kernel does not have", "plug it in, or make the node anew");
        }
        return new BlockNode(path, folder, host);
    }

    /** Kernel name, such as {@code nvme0n1}. */
    String name() {
        try {
            return folder.toRealPath().getFileName().toString();
        } catch (IOException e) {
            return Path.of(path).getFileName().toString();
        }
    }

    /** One attribute; empty when there is none, or it can't be read. */
    Optional<String> text(String attribute) {
        try {
            return Optional.of(Files.readString(folder.resolve(attribute)).strip());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** One attribute that is a number; {@link #ABSENT} when there is none. */
    long number(String attribute) {
        Optional<String> text = text(attribute);
        try {
            return text.isPresent() ? Long.parseLong(text.get()) : ABSENT;
        } catch (NumberFormatException e) {
            return ABSENT;
        }
    }

    /** Whether its zones must be written in order, or may be. */
    boolean isZoned() {
        Optional<String> zoned = text(ZONED);
        return zoned.isPresent() && !zoned.get().equals("none");
    }

    /** Whether it is a part of a drive. */
    boolean isPartition() {
        return Files.exists(folder.resolve("partition"));
    }

    /** Whether what was written may be lost in a cache of the drive. */
    boolean hasVolatileCache() {
        return text("queue/write_cache").orElse("").equals("write back");
    }

    /**
     * Looks whether its zones can be shown as blocks.
     *
     * @throws NotRecognisedException when they can't
     */
    void checkZoned() throws NotRecognisedException {
        if (isPartition()) {
            throw new NotRecognisedException(
                    path + " is a partition", "zones belong to the whole drive: give its node, without the number");
        }
        if (text(ZONED).isEmpty()) {
            throw new NotRecognisedException(
                    path + ": this kernel tells nothing about zones",
                    "it takes Linux 5.9 or newer with CONFIG_BLK_DEV_ZONED");
        }
        if (!isZoned()) {
            throw new NotRecognisedException(
                    path + " is not zoned: it has no zones that could be shown as blocks",
                    "ocssd device list shows what the drives of this host can be opened as");
        }
    }

    /**
     * Looks whether somebody else uses it.
     *
     * @throws BusyException when so
     */
    void checkUnused() throws BusyException {
        Optional<String> mounted = mountPoint();
        if (mounted.isPresent()) {
            throw new BusyException(path + " is busy: it is mounted at " + mounted.get(), "unmount it first");
        }
        List<String> holders = holders();
        if (!holders.isEmpty()) {
            throw new BusyException(
                    path + " is busy: it is part of " + String.join(", ", holders),
                    "take it out of there first (dmsetup, mdadm and lvm show what it is)");
        }
    }

    /** Devices that were built on it. */
    List<String> holders() {
        return children("holders", child -> true);
    }

    /** Partitions that the kernel has found on it. */
    List<String> partitions() {
        return children("", child -> Files.exists(child.resolve("partition")));
    }

    private interface Choice {
        boolean takes(Path child);
    }

    private List<String> children(String subfolder, Choice choice) {
        List<String> names = new ArrayList<>();
        try (Stream<Path> all = Files.list(folder.resolve(subfolder))) {
            all.filter(choice::takes)
                    .forEach(child -> names.add(child.getFileName().toString()));
        } catch (IOException e) {
            return List.of();
        }
        names.sort(null);
        return names;
    }

    private Optional<String> mountPoint() {
        try {
            String real = Path.of(path).toRealPath().toString();
            for (String line : Files.readAllLines(host.procfs().resolve("self/mounts"))) {
                String[] fields = line.split(" ", -1);
                if (fields.length > 1 && (fields[0].equals(real) || fields[0].equals(path))) {
                    return Optional.of(fields[1]);
                }
            }
        } catch (IOException e) {
            // Who has it mounted keeps it from being claimed: opening will say so.
            return Optional.empty();
        }
        return Optional.empty();
    }

    /** A process that has it open, as far as this one may see; -1 when none is seen. */
    long user() {
        try (Stream<Path> processes = Files.list(host.procfs())) {
            Path real = Path.of(path).toRealPath();
            return processes
                    .filter(each -> each.getFileName().toString().matches("[0-9]+"))
                    .filter(each -> hasOpen(each, real))
                    .mapToLong(each -> Long.parseLong(each.getFileName().toString()))
                    .findFirst()
                    .orElse(-1);
        } catch (IOException e) {
            return -1;
        }
    }

    private static boolean hasOpen(Path process, Path real) {
        try (Stream<Path> descriptors = Files.list(process.resolve("fd"))) {
            return descriptors.anyMatch(each -> leadsTo(each, real));
        } catch (IOException e) {
            return false;
        }
    }

    private static boolean leadsTo(Path descriptor, Path real) {
        try {
            return Files.readSymbolicLink(descriptor).equals(real);
        } catch (IOException | UnsupportedOperationException e) {
            return false;
        }
    }

    /** What the drive calls itself. */
    String model() {
        return text("device/model").orElse("block device").strip();
    }

    /** What tells it from others, as well as the kernel knows: its own identifiers first, then its serial number. */
    String serial() {
        for (String attribute : List.of("wwid", "uuid", "device/serial", "device/wwid")) {
            Optional<String> text = text(attribute).filter(each -> !each.isBlank());
            if (text.isPresent()) {
                return text.get().toLowerCase(Locale.ROOT).replace(' ', '-');
            }
        }
        return name();
    }
}
