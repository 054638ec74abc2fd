package io.ocssd.geometry.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.ocssd.Ocssd;
import io.ocssd.device.FlashDevice;
import io.ocssd.device.Ppa;
import io.ocssd.geometry.contract.Rig;
import io.ocssd.geometry.contract.Rig.Outcome;
import io.ocssd.scheduler.Scheduler;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Random commands, good and bad, on drives of random shapes, against {@link BlockModel}. */
final class DeviceModelProperties {
    private static final boolean CAMPAIGN = Boolean.getBoolean("ocssd.campaign");
    private static final int COMMANDS = CAMPAIGN ? 2_000 : 150;

    @Provide
    Arbitrary<String> shapes() {
        return Combinators.combine(
                        Arbitraries.integers().between(1, 3),
                        Arbitraries.integers().between(1, 3),
                        Arbitraries.integers().between(1, 9),
                        Arbitraries.integers().between(1, 4),
                        Arbitraries.integers().between(1, 5),
                        Arbitraries.integers().between(0, 12),
                        Arbitraries.of(0, 7, 16),
                        Arbitraries.integers().between(0, 5))
                .as((channels, luns, blocks, wsMin, units, window, oobBytes, maxOpen) -> String.format(
                        "channels=%d&luns=%d&blocks=%d&sectors=%d&wsMin=%d&wsOpt=%d&mwCunits=%d&oobBytes=%d&maxOpen=%d"
                                + "&sectorBytes=512",
                        channels, luns, blocks, wsMin * units, wsMin, 2 * wsMin, window, oobBytes, maxOpen));
    }

    @Property(tries = 60)
    void inMemoryAtOnce(@ForAll("shapes") String shape, @ForAll long seed) throws Exception {
        Scheduler scheduler = Scheduler.real();
        try (Rig rig = new Rig(Ocssd.openDevice("mem:?" + shape, scheduler))) {
            new Run(rig, new BlockModel(rig.device), shape, seed).go();
        }
    }

    @Property(tries = 60)
    void inMemoryInVirtualTime(@ForAll("shapes") String shape, @ForAll long seed) throws Exception {
        Scheduler scheduler = Scheduler.simulated(seed);
        scheduler.run("model", () -> {
            try (Rig rig = new Rig(Ocssd.openDevice("mem:?" + shape, scheduler))) {
                new Run(rig, new BlockModel(rig.device), shape, seed).go();
            }
            return null;
        });
    }

    @Property(tries = 20)
    void inAnImageThatIsReopened(@ForAll("shapes") String shape, @ForAll long seed) throws Exception {
        Path file = Files.createTempFile("ocssd", ".img");
        Files.delete(file);
        Scheduler scheduler = Scheduler.real();
        try {
            BlockModel model = null;
            for (int round = 0; round < 3; round++) {
                FlashDevice device = round == 0
                        ? Images.openNew(file, shape, scheduler)
                        : Ocssd.openDevice("emu:" + file, scheduler);
                try (Rig rig = new Rig(device)) {
                    model = model == null ? new BlockModel(device) : model;
                    model.assertReport(device.report(), shape + ", seed=" + seed + ", round=" + round);
                    new Run(rig, model, shape, seed + round).go();
                }
            }
        } finally {
            Files.deleteIfExists(file);
        }
    }

    /** One sequence of commands. */
    private static final class Run {
        private final Rig rig;
        private final BlockModel model;
        private final String shape;
        private final long seed;
        private final SplittableRandom random;

        Run(Rig rig, BlockModel model, String shape, long seed) {
            this.rig = rig;
            this.model = model;
            this.shape = shape;
            this.seed = seed;
            this.random = new SplittableRandom(seed);
        }

        void go() throws Exception {
            for (int i = 0; i < COMMANDS; i++) {
                String where = "shape=" + shape + ", seed=" + seed + ", command=" + i;
                switch (random.nextInt(4)) {
                    case 0 -> read(where);
                    case 1 -> {
                        long[] blocks = draw(1 + random.nextInt(4), false);
                        assertThat(rig.erase(blocks)).as(where).isEqualTo(model.erase(blocks));
                    }
                    default -> {
                        long[] addresses = draw(1 + random.nextInt(3), true);
                        boolean withOob = random.nextBoolean();
                        assertThat(rig.writeAll(withOob, addresses))
                                .as(where)
                                .isEqualTo(model.write(withOob, addresses));
                    }
                }
            }
            model.assertReport(rig.device.report(), "shape=" + shape + ", seed=" + seed);
        }

        private void read(String where) throws Exception {
            long[] addresses = new long[1 + random.nextInt(8)];
            for (int i = 0; i < addresses.length; i++) {
                addresses[i] = i > 0 && random.nextInt(3) > 0 ? addresses[i - 1] + 1 : address();
            }
            Outcome expected = model.read(addresses);
            assertThat(rig.read(addresses)).as(where).isEqualTo(expected);
            for (int i = 0; i < addresses.length; i++) {
                if ((expected.failed() >>> i & 1) != 0) {
                    assertThat(rig.data(i)).as(where).isEqualTo(rig.untouched());
                } else {
                    rig.assertData(i, addresses[i]);
                    byte[] oob = model.hasOob(addresses[i])
                            ? Rig.pattern(rig.geometry.oobBytes(), addresses[i], 1)
                            : new byte[rig.geometry.oobBytes()];
                    assertThat(rig.oob(i)).as(where).isEqualTo(oob);
                }
            }
        }

        /** Any address, and a few outside. */
        private long address() {
            return Ppa.of(
                    random.nextInt(rig.geometry.channels() + random.nextInt(40) / 39),
                    random.nextInt(rig.geometry.lunsPerChannel()),
                    random.nextInt(rig.geometry.blocksPerLun() + random.nextInt(20) / 19),
                    random.nextInt(rig.geometry.sectorsPerBlock() + random.nextInt(20) / 19));
        }

        /** Runs of a few blocks; for writes mostly where the next program belongs, and of a proper size. */
        private long[] draw(int runs, boolean forWrite) {
            long[] all = new long[64];
            int count = 0;
            for (int run = 0; run < runs; run++) {
                long block = Ppa.blockOf(address());
                int sectors = forWrite ? rig.limits.wsMin() * (1 + random.nextInt(3)) + random.nextInt(20) / 19 : 1;
                int first = model.writePointer(block) + random.nextInt(20) / 19;
                if (count + sectors > all.length) {
                    break;
                }
                for (int i = 0; i < sectors; i++) {
                    all[count++] = Ppa.withSector(block, first + i);
                }
            }
            return Arrays.copyOf(all, count);
        }
    }
}
