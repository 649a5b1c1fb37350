/*
 * libgit2, loaded when first needed. Private to lib/git.
 *
 * Linking it would bring nineteen shared objects into every start (measured: 4.0 ms for an empty main against 0.8 ms
 * without), and git_libgit2_init reads the system's certificates (14 ms), while most commands never ask for
 * an object. So it is opened with dlopen and reached through this table; the types come from the header.
 */
#ifndef GIT_LIBRARY_INTERNAL_H
#define GIT_LIBRARY_INTERNAL_H

#include "git/repository.h"

#include <git2.h>

#define GIT_FUNCTIONS(FUNCTION)                                                                    \
	FUNCTION(git_libgit2_init)                                                                 \
	FUNCTION(git_libgit2_version)                                                              \
	FUNCTION(git_libgit2_opts)                                                                 \
	FUNCTION(git_error_last)                                                                   \
	FUNCTION(git_repository_open_ext)                                                          \
	FUNCTION(git_repository_free)                                                              \
	FUNCTION(git_repository_odb)                                                               \
	FUNCTION(git_odb_add_disk_alternate)                                                       \
	FUNCTION(git_odb_read_header)                                                              \
	FUNCTION(git_odb_free)                                                                     \
	FUNCTION(git_revparse_single)                                                              \
	FUNCTION(git_repository_head_unborn)                                                       \
	FUNCTION(git_object_peel)                                                                  \
	FUNCTION(git_object_short_id)                                                              \
	FUNCTION(git_object_lookup)                                                                \
	FUNCTION(git_object_id)                                                                    \
	FUNCTION(git_object_free)                                                                  \
	FUNCTION(git_buf_dispose)                                                                  \
	FUNCTION(git_oid_fromstr)                                                                  \
	FUNCTION(git_oid_tostr)                                                                    \
	FUNCTION(git_commit_lookup)                                                                \
	FUNCTION(git_commit_free)                                                                  \
	FUNCTION(git_commit_id)                                                                    \
	FUNCTION(git_commit_time)                                                                  \
	FUNCTION(git_commit_time_offset)                                                           \
	FUNCTION(git_commit_parent_id)                                                             \
	FUNCTION(git_commit_parentcount)                                                           \
	FUNCTION(git_commit_author)                                                                \
	FUNCTION(git_commit_message)                                                               \
	FUNCTION(git_graph_descendant_of)                                                          \
	FUNCTION(git_commit_tree)                                                                  \
	FUNCTION(git_tree_lookup)                                                                  \
	FUNCTION(git_tree_free)                                                                    \
	FUNCTION(git_tree_id)                                                                      \
	FUNCTION(git_tree_entrycount)                                                              \
	FUNCTION(git_tree_entry_byindex)                                                           \
	FUNCTION(git_tree_entry_byname)                                                            \
	FUNCTION(git_tree_entry_bypath)                                                            \
	FUNCTION(git_tree_entry_free)                                                              \
	FUNCTION(git_tree_entry_name)                                                              \
	FUNCTION(git_tree_entry_id)                                                                \
	FUNCTION(git_tree_entry_type)                                                              \
	FUNCTION(git_tree_entry_filemode)                                                          \
	FUNCTION(git_tree_entry_filemode_raw)                                                      \
	FUNCTION(git_blob_lookup)                                                                  \
	FUNCTION(git_blob_free)                                                                    \
	FUNCTION(git_blob_rawcontent)                                                              \
	FUNCTION(git_blob_rawsize)                                                                 \
	FUNCTION(git_reference_foreach_name)                                                       \
	FUNCTION(git_reference_name_to_id)                                                         \
	FUNCTION(git_revwalk_new)                                                                  \
	FUNCTION(git_revwalk_free)                                                                 \
	FUNCTION(git_revwalk_push)                                                                 \
	FUNCTION(git_revwalk_hide)                                                                 \
	FUNCTION(git_revwalk_next)

struct git_library {
	void *handle;
#define GIT_FIELD(name) __typeof__(&name) name;
	GIT_FUNCTIONS(GIT_FIELD)
#undef GIT_FIELD
};

struct git_objects {
	struct git_library library;
	git_repository *repository;
};

/* Loads libgit2 and opens the repository unless that is done; repository->objects is ready afterwards. */
int git_objects_open(struct repository *repository, struct err *err);
void git_objects_close(struct repository *repository);
/*
 * Sets err from a libgit2 call's failure: "WHAT: its words". A missing object in a shallow or partial clone
 * gets the hint that fetches it.
 */
int git_failure(struct repository *repository, int code, struct err *err, const char *format, ...)
	__attribute__((format(printf, 4, 5)));
/* The commit of a revision; *out is to be freed. */
int git_open_commit(struct repository *repository, const struct revision *revision, git_commit **out,
	struct err *err);
/* Its tree, or the tree of a folder in it ("" for the top): ERR_NOWHERE when there is no such folder. */
int git_open_folder(struct repository *repository, const struct revision *revision, const char *folder,
	git_tree **out, struct err *err);

#endif
