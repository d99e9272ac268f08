/** The embedded engine: RocksDB, one database in one directory. Only {@code app} sees it. */
@NullMarked
package org.strongroom.store.rocksdb;

import org.jspecify.annotations.NullMarked;
