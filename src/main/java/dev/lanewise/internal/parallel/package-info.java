// SPDX-License-Identifier: Apache-2.0

/**
 * Threads, all of them the caller's. {@link dev.lanewise.internal.parallel.Region} shares one
 * stretch of work between the calling thread and whatever an executor lends; nothing here starts a
 * thread or waits for one that may never come.
 */
package dev.lanewise.internal.parallel;
