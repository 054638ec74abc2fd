package io.ocssd.geometry.planted;

import io.ocssd.device.BlockReport;
import io.ocssd.device.BlockState;
import io.ocssd.device.ByteClass;
import io.ocssd.device.Capabilities;
import io.ocssd.device.Completion;
import io.ocssd.device.DeviceAdmin;
import io.ocssd.device.DeviceCounters;
import io.ocssd.device.DeviceInfo;
import io.ocssd.device.DurabilityClass;
import io.ocssd.device.FlashDevice;
import io.ocssd.device.Geometry;
import io.ocssd.device.IoCommand;
import io.ocssd.device.IoQueue;
import io.ocssd.device.Limits;
import io.ocssd.device.Ppa;
import io.ocssd.device.Timings;
import io.ocssd.error.GoneException;
import java.util.HashMap;
import java.util.Map;

/** A device with a {@link PlantedBug}. For one task. */
public final class BuggyDevice implements FlashDevice {
    private final FlashDevice device;
    private final PlantedBug bug;
    private final BugMemory memory;

    /**
     * Wraps a device.
     *
     * @param bug null for none
     * @param memory what the bug has seen of this drive, also when it was open before
     */
    public BuggyDevice(FlashDevice device, PlantedBug bug, BugMemory memory) {
        this.device = device;
        this.bug = bug;
        this.memory = memory;
        memory.opened();
    }

    @Override
    public DeviceInfo info() {
        return device.info();
    }

    @Override
    public Geometry geometry() {
        return device.geometry();
    }

    @Override
    public Limits limits() {
        return device.limits();
    }

    @Override
    public Capabilities capabilities() {
        return device.capabilities();
    }

    @Override
    public DeviceAdmin admin() {
        return bug == PlantedBug.TIME_LIMIT_TAKEN_FOR_DULBE ? new BuggyAdmin(device.admin(), memory) : device.admin();
    }

    @Override
    public Timings timings() {
        return device.timings();
    }

    @Override
    public DurabilityClass durability() {
        return device.durability();
    }

    @Override
    public BlockReport report() throws GoneException {
        BlockReport report = device.report();
        for (Map.Entry<Long, Integer> each : memory.moved.entrySet()) {
            int block = geometry().blockIndex(each.getKey());
            int pointer = report.writePointer(block) + each.getValue();
            if (report.state(block) != BlockState.OFFLINE && pointer >= 0) {
                BlockState state = pointer == 0 ? BlockState.FREE : BlockState.OPEN;
                report.set(block, state, pointer, report.eraseCount(block));
            }
        }
        return report;
    }

    @Override
    public DeviceCounters counters() {
        long[] refused = new long[ByteClass.values().length];
        refused[0] = memory.refusedSectors * geometry().sectorBytes();
        return device.counters().plus(new DeviceCounters(0, 0, memory.refusedSectors, 0, refused));
    }

    @Override
    public IoQueue openQueue(int depth) throws GoneException {
        return new Queue(device.openQueue(depth));
    }

    @Override
    public void close() {
        device.close();
    }

    private final class Queue implements IoQueue {
        private final IoQueue queue;
        private final Map<Long, Passing> underWay = new HashMap<>();
        private final IoCommand passed = new IoCommand();
        private long number;

        Queue(IoQueue queue) {
            this.queue = queue;
        }

        @Override
        public int depth() {
            return queue.depth();
        }

        @Override
        public int inFlight() {
            return queue.inFlight();
        }

        @Override
        public boolean submit(IoCommand command) throws GoneException {
            Passing passing = new Passing(command);
            if (bug == PlantedBug.VECTOR_READ_AS_STRETCH && passing.isRead()) {
                stretch(passing.addresses);
            }
            if (bug == PlantedBug.ERASE_KEEPS_OOB && passing.isProgram() && passing.oob == null) {
                memory.giveOldOob(passing, geometry().oobBytes());
            }
            boolean taken;
            try {
                taken = queue.submit(passing.again(passed, number));
            } catch (GoneException e) {
                memory.gone(bug, limits().wsMin());
                throw e;
            }
            if (taken) {
                underWay.put(number++, passing);
            }
            return taken;
        }

        /** Resolves each stretch of one block as consecutive. */
        private static void stretch(long[] addresses) {
            for (int i = 1; i < addresses.length; i++) {
                if (Ppa.blockOf(addresses[i]) == Ppa.blockOf(addresses[i - 1])) {
                    addresses[i] = addresses[i - 1] + 1;
                }
            }
        }

        @Override
        public boolean poll(Completion completion) throws GoneException {
            if (!queue.poll(completion)) {
                return false;
            }
            Passing passing = underWay.remove(completion.tag());
            completion.set(passing.tag, completion.status(), completion.failedAddresses(), completion.address());
            if (bug != null) {
                memory.saw(passing, completion, geometry());
                spoil(passing, completion);
            }
            return true;
        }

        private void spoil(Passing passing, Completion completion) throws GoneException {
            long failed = completion.failedAddresses();
            int status = completion.status();
            switch (bug) {
                case WINDOW_OFF_BY_ONE -> {
                    for (int i = 0; passing.isRead() && status == 0x287 && i < Math.min(64, passing.sectors); i++) {
                        byte[] data = memory.firstOfWindow(device, passing.address(i));
                        if ((failed >>> i & 1) != 0 && data != null) {
                            passing.putData(i, data);
                            failed &= ~(1L << i);
                        }
                    }
                    status = failed == 0 ? 0 : status;
                }
                case BITMAP_OF_32_BITS -> {
                    long folded = 0;
                    for (int i = 0; i < 64; i++) {
                        folded |= (failed >>> i & 1) != 0 ? 1 << i : 0;
                    }
                    failed = folded;
                }
                case LAST_RUN_WITHOUT_BITS -> {
                    boolean last = Ppa.blockOf(passing.address(0)) != Ppa.blockOf(passing.address(passing.sectors - 1));
                    boolean ofLast = (failed >>> Math.min(63, passing.sectors - 1) & 1) != 0;
                    failed = passing.isProgram() && last && ofLast ? 0 : failed;
                }
                case ERASE_WITHOUT_BITS -> failed = passing.operation == IoCommand.Operation.ERASE ? 0 : failed;
                case UNREADABLE_WITHOUT_BITS -> failed = passing.isRead() ? 0 : failed;
                case SCALAR_READ_TESTS_FIRST_SECTOR -> {
                    if (passing.isRead() && passing.scalar && status == 0x287 && (failed & 1) == 0) {
                        status = 0;
                        failed = 0;
                    }
                }
                case ERASED_DATA_LEAKS ->
                    memory.leak(passing, completion, geometry().sectorBytes());
                case FIRST_ERASE_STATUS -> {
                    boolean several = passing.operation == IoCommand.Operation.ERASE && Long.bitCount(failed) > 1;
                    status = several && status == 0x2C0 ? 0x2C1 : several && status == 0x2C1 ? 0x2C0 : status;
                }
                default -> {
                    // The others meddle elsewhere.
                }
            }
            completion.set(completion.tag(), status, failed, completion.address());
            memory.refused(bug, passing, status);
        }

        @Override
        public int await(int min, long deadlineNanos) throws GoneException {
            return queue.await(min, deadlineNanos);
        }

        @Override
        public void close() {
            queue.close();
        }
    }
}
