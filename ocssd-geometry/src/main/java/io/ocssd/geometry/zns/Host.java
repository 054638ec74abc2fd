package io.ocssd.geometry.zns;

import io.ocssd.error.OcssdException;
import io.ocssd.geometry.natives.Kernel;
import io.ocssd.geometry.natives.LinuxKernel;
import java.nio.file.Path;

/**
 * Where drives are.
 *
 * @param kernel its kernel
 * @param sysfs where sysfs is mounted
 * @param procfs where procfs is mounted
 */
record Host(Kernel kernel, Path sysfs, Path procfs) {
    /**
     * This host.
     *
     * @throws OcssdException when it has no kernel that drives could be opened with
     */
    static Host here() throws OcssdException {
        return new Host(LinuxKernel.instance(), Path.of("/sys"), Path.of("/proc"));
    }
}
