package io.ocssd.geometry.emulator;

import io.ocssd.Ocssd;
import io.ocssd.device.BlockReport;
import io.ocssd.device.BlockState;
import io.ocssd.geometry.contract.Rig;
import io.ocssd.scheduler.Scheduler;

/** Makes, opens and uses drives of 8 TiB, and tells how long making and opening took; run in a small heap. */
final class LargeDriveProcess {
    /** 128 LUNs of 4096 blocks of 16 MiB. */
    static final String SHAPE = "channels=16&luns=8&blocks=4096&sectors=4096&factoryBad=100&seed=3";

    private LargeDriveProcess() {}

    /** The argument is where the image shall be. */
    public static void main(String[] arguments) throws Exception {
        String image = "emu:" + arguments[0];
        Scheduler real = Scheduler.real();
        long start = System.nanoTime();
        Ocssd.create(image + "?" + SHAPE);
        long made = System.nanoTime();
        try (Rig rig = new Rig(Ocssd.openDevice(image, real))) {
            tell("emu", start, made);
            use(rig, 2);
        }
        try (Rig rig = new Rig(Ocssd.openDevice(image + "?persist=host", real))) {
            if (rig.device.report().count(BlockState.FREE) != rig.geometry.blocks() - 100) {
                throw new AssertionError("not all erased blocks are free");
            }
        }
        start = System.nanoTime();
        try (Rig rig = new Rig(Ocssd.openDevice("mem:?" + SHAPE, real))) {
            tell("mem", start, start);
            // Three times what the heap could keep.
            use(rig, 48);
        }
    }

    private static void tell(String kind, long start, long made) {
        System.out.println(kind + " made in " + (made - start) / 1_000_000 + " ms, open after "
                + (System.nanoTime() - start) / 1_000_000 + " ms");
    }

    private static void use(Rig rig, int blocks) throws Exception {
        BlockReport report = rig.device.report();
        for (int i = 0; i < blocks; i++) {
            int index = i * 10_007;
            long block = rig.geometry.blockPpa(report.state(index) == BlockState.FREE ? index : index + 1);
            for (int sector = 0; sector < rig.geometry.sectorsPerBlock(); sector += 64) {
                rig.write(block + sector, 64);
            }
            if (!rig.read(block, block + 4095).equals(Rig.Outcome.SUCCESS)
                    || !rig.erase(block).equals(Rig.Outcome.SUCCESS)) {
                throw new AssertionError("block " + i + " can't be used");
            }
        }
    }
}
