// SPDX-License-Identifier: Apache-2.0
/** Short-lived programs: how long from the start of a JVM to the first scores of a classifier. */
package dev.lanewise.jmh.startup;
