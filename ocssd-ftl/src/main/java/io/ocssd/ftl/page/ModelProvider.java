package io.ocssd.ftl.page;

import io.ocssd.gc.PageModel;
import io.ocssd.gc.PageModelProvider;
import io.ocssd.gc.PageModelRequest;
import io.ocssd.gc.PageModelStatistics;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Serves the page-mapped FTL over units that only count. */
public final class ModelProvider implements PageModelProvider {
    /** For {@link java.util.ServiceLoader}. */
    public ModelProvider() {}

    @Override
    public PageModel create(PageModelRequest request) {
        return new Model(request);
    }

    private static final class Model implements PageModel {
        private final CountingUnits units;
        private final PageFtl ftl;

        Model(PageModelRequest request) {
            this.units =
                    new CountingUnits(request.shape().units(), request.shape().pagesPerUnit());
            this.ftl = new PageFtl(request, units);
        }

        @Override
        public void write(long page, int stream) {
            try {
                ftl.write(page, stream, null);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void trim(long page) {
            ftl.trim(page);
        }

        @Override
        public PageModelStatistics statistics() {
            return new PageModelStatistics(
                    ftl.userPageWrites(),
                    ftl.movedPages(),
                    units.erases(),
                    ftl.collector().collections(),
                    ftl.collector().freeAtCollections(),
                    units.meanErases(),
                    units.eraseCountCov());
        }
    }
}
