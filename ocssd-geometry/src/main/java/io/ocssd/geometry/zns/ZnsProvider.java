package io.ocssd.geometry.zns;

import com.google.common.collect.ImmutableList;
import io.ocssd.device.DeviceInfo;
import io.ocssd.device.DeviceUri;
import io.ocssd.device.FlashDevice;
import io.ocssd.device.FoundDevice;
import io.ocssd.scheduler.Scheduler;
import io.ocssd.spi.DeviceProvider;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Zoned drives: {@code zns:/dev/nvme0n1}, Zoned Namespaces of NVMe and whatever else the block layer of Linux knows as zoned.
 *
 * <p>Each zone is a block: empty ones are free, those that are active open, full and read-only ones closed. A block has as many
 * sectors as the zone has capacity. The drive's limits of open and active zones are those of the device. It publishes no LUNs,
 * so its zones are blocks of one; {@code luns=N} deals them round to as many as its user knows it to have ({@code ZoneDealing}).
 * A drive that bears a label is opened with the LUNs that it was labelled with, or the label is refused. Conventional zones
 * come last and are offline. {@code force=on} opens a drive that bears the marks of another owner. {@code readonly=on} only looks
 * at a drive, whoever has it: it takes the right to read the node and no other, changes are answered {@link
 * io.ocssd.device.NvmeStatus#WRITE_PROTECTED}, and each report is what the drive is like then. {@code append=command} appends by
 * the command of the drive instead of a write at the write pointer, where that is permitted. Stateless.
 */
public final class ZnsProvider implements DeviceProvider {
    private static final String SCHEME = "zns";

    private static final Path SYSFS = Path.of("/sys");

    private final HostSource hosts;

    /** Where the provider finds its host, at the first opening: nothing of it is touched before. */
    interface HostSource {
        Host host() throws IOException;
    }

    /** For {@link java.util.ServiceLoader}. */
    public ZnsProvider() {
        this(Host::here);
    }

    ZnsProvider(HostSource hosts) {
        this.hosts = hosts;
    }

    @Override
    public List<String> schemes() {
        return ImmutableList.of(SCHEME);
    }

    @Override
    public FlashDevice open(DeviceUri uri, Scheduler scheduler) throws IOException {
        ZnsParameters parameters = ZnsParameters.of(uri);
        if (uri.path().isEmpty()) {
            throw new IllegalArgumentException("zns: needs the node of a drive, for example zns:/dev/nvme0n1");
        }
        if (scheduler.isSimulated()) {
            throw new IllegalArgumentException(
                    "zns: is a real drive, which knows real time only: the simulated scheduler is for emulated ones");
        }
        BlockNode node = BlockNode.of(uri.path(), hosts.host());
        Recognition.Found found = new Recognition(node, scheduler, parameters).open();
        return new ZnsDevice(info(uri, node, found), node, found, parameters, scheduler);
    }

    @Override
    public List<FoundDevice> find() throws IOException {
        return BlockDevices.find(SYSFS);
    }

    private static DeviceInfo info(DeviceUri uri, BlockNode node, Recognition.Found found) {
        List<String> notes = new ArrayList<>();
        if (found.conventional() > 0) {
            notes.add(found.conventional()
                    + " of its zones are conventional, so none of them could be erased; they are left alone, and shown as"
                    + " offline, behind the others");
        }
        if (found.leftOver() > 0) {
            notes.add(found.leftOver() + " of its zones are left over: its LUNs have equally many blocks");
        }
        String persistence = node.hasVolatileCache()
                ? "everything but the death of the drive: every write is forced through its volatile cache"
                : "everything but the death of the drive";
        return new DeviceInfo(uri.toString(), node.model(), node.serial(), "ZNS", persistence, notes);
    }

    @Override
    public void create(DeviceUri uri) {
        throw new IllegalArgumentException(
                "zns: drives are made in factories; make an emulated one: emu:FILE?profile=zns-small");
    }
}
