package io.ocssd.geometry.zns;

import io.ocssd.geometry.natives.Errno;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * NVMe commands that the block layer does not have, passed through to a drive. Thread-safe.
 *
 * <p>Calls return 0; or the status of NVMe, without its flags, when the drive refused; or the negative {@link Errno} when the
 * kernel did, among others ENOTTY for a drive that is none of NVMe, and EACCES or EPERM for a program that may not.
 */
final class PassThrough {
    private final ZonedDisk disk;
    /** Commands that nobody uses just now: as many as were ever used at once. */
    private final Deque<ByteBuffer> commands = new ArrayDeque<>();

    PassThrough(ZonedDisk disk) {
        this.disk = disk;
    }

    /** Number of the namespace, at least 1; or why it can't be told. */
    int namespace() {
        ByteBuffer nothing = take();
        try {
            int answer = disk.control(PassThroughLayout.NVME_IOCTL_ID, nothing);
            return answer == 0 ? -Errno.ENOTTY : answer;
        } finally {
            giveBack(nothing);
        }
    }

    /**
     * Reads a page of identification.
     *
     * @param selector what is asked for (CNS)
     * @param commandSet the command set that it is asked of (CSI)
     * @param page direct, takes its 4096 bytes
     */
    int identify(int namespace, int selector, int commandSet, ByteBuffer page) {
        ByteBuffer command = take();
        try {
            command.put(PassThroughLayout.OPCODE_OFFSET, PassThroughLayout.IDENTIFY);
            command.putInt(PassThroughLayout.NAMESPACE_OFFSET, namespace);
            command.putLong(PassThroughLayout.ADDRESS_OFFSET, disk.kernel().address(page));
            command.putInt(PassThroughLayout.LENGTH_OFFSET, page.capacity());
            command.putInt(PassThroughLayout.CDW10_OFFSET, selector);
            command.putInt(PassThroughLayout.CDW11_OFFSET, commandSet << 24);
            return answer(disk.control(PassThroughLayout.NVME_IOCTL_ADMIN_CMD, command));
        } finally {
            Reference.reachabilityFence(page);
            giveBack(command);
        }
    }

    /**
     * Appends to a zone.
     *
     * @param zoneBlock number of the zone's first logical block
     * @param address native address of the data
     * @param blocks how many logical blocks
     * @param forced whether it must be on stable storage before it is done
     * @param expectedBlock where the append has to go; anywhere else is EIO
     */
    int append(int namespace, long zoneBlock, long address, int blocks, boolean forced, long expectedBlock) {
        ByteBuffer command = take();
        try {
            command.put(PassThroughLayout.OPCODE_OFFSET, PassThroughLayout.ZONE_APPEND);
            command.putInt(PassThroughLayout.NAMESPACE_OFFSET, namespace);
            command.putLong(PassThroughLayout.ADDRESS_OFFSET, address);
            command.putInt(PassThroughLayout.LENGTH_OFFSET, blocks * disk.blockBytes());
            command.putInt(PassThroughLayout.CDW10_OFFSET, (int) zoneBlock);
            command.putInt(PassThroughLayout.CDW11_OFFSET, (int) (zoneBlock >>> Integer.SIZE));
            command.putInt(
                    PassThroughLayout.CDW12_OFFSET, (blocks - 1) | (forced ? PassThroughLayout.FORCE_UNIT_ACCESS : 0));
            int answer = answer(disk.controlOnce(PassThroughLayout.NVME_IOCTL_IO64_CMD, command));
            if (answer == 0 && command.getLong(PassThroughLayout.RESULT64_OFFSET) != expectedBlock) {
                return -Errno.EIO;
            }
            return answer;
        } finally {
            giveBack(command);
        }
    }

    private static int answer(int answer) {
        return answer > 0 ? answer & PassThroughLayout.STATUS_MASK : answer;
    }

    private ByteBuffer take() {
        ByteBuffer command = null;
        synchronized (commands) {
            if (!commands.isEmpty()) {
                command = commands.pop();
            }
        }
        if (command == null) {
            return ByteBuffer.allocateDirect(PassThroughLayout.COMMAND64_BYTES).order(ByteOrder.nativeOrder());
        }
        for (int i = 0; i < PassThroughLayout.COMMAND64_BYTES; i += Long.BYTES) {
            command.putLong(i, 0);
        }
        return command;
    }

    private void giveBack(ByteBuffer command) {
        synchronized (commands) {
            commands.push(command);
        }
    }
}
