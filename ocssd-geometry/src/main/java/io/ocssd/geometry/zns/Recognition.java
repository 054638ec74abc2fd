package io.ocssd.geometry.zns;

import io.ocssd.device.Geometry;
import io.ocssd.device.Limits;
import io.ocssd.device.Ppa;
import io.ocssd.error.BusyException;
import io.ocssd.error.NotRecognisedException;
import io.ocssd.error.OcssdException;
import io.ocssd.geometry.natives.Errno;
import io.ocssd.geometry.natives.Kernel;
import io.ocssd.scheduler.Scheduler;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Opens a zoned drive, or says why not. Nothing is written while it is looked at.
 *
 * <p>It is refused when it is not there, no block device, a partition or not zoned; when somebody has it mounted or claimed; when
 * it has partitions or the marks of another owner, unless that was overruled; and when a privilege is missing.
 */
final class Recognition {
    private static final String FORCE_HINT =
            "if nobody needs what is on it, open it with --force (or force=on in the URI): it will be overwritten";
    private static final int MOST_ZONES = Ppa.MAX_BLOCKS;
    /** What a program is best made of, as far as the drive has no opinion. */
    private static final int GOOD_PROGRAM_BYTES = 64 << 10;

    private final BlockNode node;
    private final Kernel kernel;
    private final Scheduler scheduler;
    private final boolean force;
    private final int luns;
    private final boolean readOnly;

    Recognition(BlockNode node, Scheduler scheduler, ZnsParameters parameters) {
        this.node = node;
        this.kernel = node.host().kernel();
        this.scheduler = scheduler;
        this.force = parameters.force();
        this.luns = parameters.luns();
        this.readOnly = parameters.readOnly();
    }

    /**
     * An open drive, and what was found on it.
     *
     * @param zones in the order of its blocks
     * @param conventional zones that are written anywhere
     * @param leftOver zones that are no blocks
     */
    record Found(
            ZonedDisk disk, Geometry geometry, Limits limits, List<KernelZone> zones, int conventional, int leftOver) {}

    Found open() throws OcssdException {
        node.checkZoned();
        if (!readOnly) {
            node.checkUnused();
        }
        List<String> partitions = node.partitions();
        if (!readOnly && !partitions.isEmpty() && !force) {
            throw new BusyException(
                    node.path() + " is in use: it has the partitions " + String.join(", ", partitions), FORCE_HINT);
        }
        int blockBytes = (int) node.number("queue/logical_block_size");
        long mostBytes = node.number("queue/max_sectors_kb") << 10;
        if (blockBytes < 512 || blockBytes > 65536 || Integer.bitCount(blockBytes) != 1) {
            throw unusable("logical blocks of " + blockBytes + " bytes");
        }
        ZonedDisk disk = new ZonedDisk(kernel, scheduler, descriptor(), blockBytes, mostBytes);
        try {
            return look(disk);
        } catch (OcssdException | RuntimeException e) {
            disk.close();
            throw e;
        }
    }

    private int descriptor() throws OcssdException {
        int mode = readOnly ? Kernel.O_RDONLY : Kernel.O_RDWR | Kernel.O_EXCL;
        int flags = mode | Kernel.O_DIRECT | Kernel.O_CLOEXEC;
        int answer = kernel.open(node.path(), node.hasVolatileCache() && !readOnly ? flags | Kernel.O_DSYNC : flags);
        if (answer >= 0) {
            return answer;
        }
        switch (-answer) {
            case Errno.EBUSY -> throw busy();
            case Errno.EACCES, Errno.EPERM ->
                throw new OcssdException(
                        node.path() + " may not be opened for reading" + (readOnly ? "" : " and writing") + " ("
                                + Errno.name(-answer) + ")",
                        "it takes " + (readOnly ? "read" : "write")
                                + " permission for the node (often: membership of the group disk), or CAP_DAC_OVERRIDE");
            case Errno.EROFS ->
                throw new OcssdException(
                        node.path() + " is set read-only",
                        "blockdev --setrw " + node.path()
                                + " allows writing to it; readonly=on in the URI opens it as it is");
            default ->
                throw new OcssdException(
                        node.path() + " can't be opened: " + Errno.name(-answer),
                        "the kernel's log (dmesg) may say more");
        }
    }

    private BusyException busy() {
        long user = node.user();
        String holder = user < 0
                ? "another owner"
                : "process " + user + (user == ProcessHandle.current().pid() ? " (this one)" : "");
        return new BusyException(
                node.path() + " is busy: held by " + holder,
                "close it there, or wait until it ends",
                user == ProcessHandle.current().pid() ? -1 : user);
    }

    private Found look(ZonedDisk disk) throws OcssdException {
        List<KernelZone> zones = zones(disk);
        if (!force && !readOnly) {
            checkMarks(disk, zones.get(0));
        }
        int conventional = (int) zones.stream().filter(KernelZone::conventional).count();
        if (conventional == zones.size()) {
            throw unusable("no zone that is written in order");
        }
        if (zones.size() - conventional < luns) {
            throw new NotRecognisedException(
                    node.path() + " has " + (zones.size() - conventional)
                            + " zones that are written in order, too few for luns=" + luns,
                    "at most as many LUNs as there are such zones");
        }
        Geometry geometry = geometry(disk, zones);
        List<KernelZone> blocks = ZoneDealing.deal(zones, luns);
        return new Found(disk, geometry, limits(geometry), blocks, conventional, zones.size() - blocks.size());
    }

    private List<KernelZone> zones(ZonedDisk disk) throws OcssdException {
        List<KernelZone> zones = new ArrayList<>();
        int answer = disk.report(0, MOST_ZONES + 1, zones);
        if (answer == -Errno.EACCES || answer == -Errno.EPERM) {
            throw new OcssdException(
                    "the zones of " + node.path() + " may not be looked at (" + Errno.name(-answer) + ")",
                    "this kernel asks for CAP_SYS_ADMIN: run it as root, or give the Java program that capability");
        }
        if (answer < 0) {
            throw new OcssdException(
                    "the zones of " + node.path() + " can't be looked at: " + Errno.name(-answer),
                    "the kernel's log (dmesg) may say more");
        }
        if (zones.isEmpty()) {
            throw unusable("no zones");
        }
        return zones;
    }

    private void checkMarks(ZonedDisk disk, KernelZone first) throws OcssdException {
        if (first.writtenBytes() == 0 && !first.conventional()) {
            return;
        }
        ByteBuffer start = ByteBuffer.allocateDirect(2 * Signatures.BYTES)
                .alignedSlice(Signatures.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN);
        long read;
        try {
            read = disk.read(kernel.address(start), Math.min(Signatures.BYTES, first.lengthBytes()), 0);
        } finally {
            Reference.reachabilityFence(start);
        }
        if (read < 0) {
            throw new OcssdException(
                    "the beginning of " + node.path() + " can't be read: " + Errno.name((int) -read),
                    "so nobody knows whose it is; " + FORCE_HINT);
        }
        Optional<String> owner = Signatures.find(start.limit((int) read));
        if (owner.isPresent()) {
            throw new BusyException(node.path() + " is in use: it begins with " + owner.get(), FORCE_HINT);
        }
    }

    private Geometry geometry(ZonedDisk disk, List<KernelZone> zones) throws NotRecognisedException {
        long capacity =
                zones.stream().mapToLong(KernelZone::capacityBytes).max().orElse(0) / disk.blockBytes();
        if (zones.size() > MOST_ZONES || capacity < 1 || capacity > Ppa.MAX_BLOCKS) {
            throw unusable(zones.size() + " zones or more of " + capacity + " logical blocks; at most " + MOST_ZONES
                    + " of " + Ppa.MAX_BLOCKS + " can be addressed");
        }
        for (KernelZone each : zones) {
            if (each.startByte() % disk.blockBytes() != 0 || each.capacityBytes() % disk.blockBytes() != 0) {
                throw unusable("a zone at byte " + each.startByte() + " that is no whole number of logical blocks");
            }
        }
        return new Geometry(1, luns, zones.size() / luns, (int) capacity, disk.blockBytes(), 0);
    }

    private Limits limits(Geometry geometry) throws NotRecognisedException {
        long granularity = Math.max(node.number("queue/zone_write_granularity"), geometry.sectorBytes());
        long wsMin = granularity / geometry.sectorBytes();
        if (granularity % geometry.sectorBytes() != 0 || wsMin > Limits.MAX_ADDRESSES) {
            throw unusable("a write granularity of " + granularity + " bytes");
        }
        int maxActive = (int) Math.max(0, node.number("queue/max_active_zones"));
        int maxOpen = (int) Math.max(0, node.number("queue/max_open_zones"));
        if (maxActive > 0 && maxOpen > maxActive) {
            maxOpen = maxActive;
        }
        return new Limits((int) wsMin, wsOpt(geometry, (int) wsMin), 0, maxOpen, 0, maxActive);
    }

    /** The largest good program that zones consist of whole ones of, four at least. */
    private static int wsOpt(Geometry geometry, int wsMin) {
        int good = Math.min(GOOD_PROGRAM_BYTES / geometry.sectorBytes(), geometry.sectorsPerBlock() / 4);
        int most = Math.min(Limits.MAX_ADDRESSES, Math.max(wsMin, good));
        for (int sectors = most / wsMin * wsMin; sectors > wsMin; sectors -= wsMin) {
            if (geometry.sectorsPerBlock() % sectors == 0) {
                return sectors;
            }
        }
        return wsMin;
    }

    private NotRecognisedException unusable(String what) {
        return new NotRecognisedException(
                node.path() + " can't be used: it has " + what, "another drive, or another format of its namespace");
    }
}
