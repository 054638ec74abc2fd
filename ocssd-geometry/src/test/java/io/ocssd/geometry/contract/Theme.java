package io.ocssd.geometry.contract;

import io.ocssd.device.Geometry;
import io.ocssd.device.Limits;
import io.ocssd.device.Ppa;
import org.junit.jupiter.api.TestInstance;

/** Some rules of the contract that belong together. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class Theme {
    /** What an invocation is given has no state that it would share. */
    Theme() {}

    /** Addresses whose channel, LUN or block is outside. */
    static long[] outside(Geometry geometry) {
        return new long[] {
            Ppa.of(geometry.channels(), 0, 0, 0),
            Ppa.of(0, geometry.lunsPerChannel(), 0, 0),
            Ppa.of(0, 0, geometry.blocksPerLun(), 0),
            Ppa.of(255, 255, Ppa.MAX_BLOCKS - 1, 0)
        };
    }

    /** Whole programs over many blocks, 64 sectors in all, the last of them of {@code last}. */
    static long[] longestVector(Rig rig, long last) throws Exception {
        int n = rig.limits.wsMin();
        long[] all = new long[0];
        int left = Limits.MAX_ADDRESSES / n * n - n;
        for (int i = 0; left > 0; i++) {
            int sectors = Math.min(left, rig.geometry.sectorsPerBlock());
            all = Rig.join(all, Rig.run(rig.freeBlock(i), sectors));
            left -= sectors;
        }
        return Rig.join(all, Rig.run(last, n));
    }
}
